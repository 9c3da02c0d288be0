import { supervisorCommand } from "../follow/supervisor-command.ts";

export const add = supervisorCommand({
  name: "add",
  verb: "add",
  summary: "Make groups active that supervisord has read, and start what starts by itself",
  details: ["`reread` has supervisord read its files; `avail` shows what it has read."],
  lines: ({ group = "" }) => [`${group}: added process group`],
  question: null,
  groups: "must",
});
