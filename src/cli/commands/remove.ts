import { supervisorCommand } from "../follow/supervisor-command.ts";

export const remove = supervisorCommand({
  name: "remove",
  verb: "remove",
  summary: "Make groups inactive of which nothing runs any more",
  details: ["`stop SUPERVISOR:GROUP:*` first; `add` makes them active again."],
  lines: ({ group = "" }) => [`${group}: removed process group`],
  question: "remove",
  groups: "must",
});
