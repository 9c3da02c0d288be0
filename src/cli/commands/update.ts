import { supervisorCommand } from "../follow/supervisor-command.ts";

export const update = supervisorCommand({
  name: "update",
  verb: "update",
  summary: "Have supervisords read their configuration and apply it",
  details: [
    "Groups that changed are stopped and started, those that disappeared are stopped, new ones are started.",
    "With SUPERVISOR:GROUP these groups alone.",
  ],
  lines({ reread }) {
    const { added = [], changed = [], removed = [] } = reread ?? {};
    const lines = [
      ...removed.map((group) => `${group}: removed process group`),
      ...changed.map((group) => `${group}: updated process group`),
      ...added.map((group) => `${group}: added process group`),
    ];
    return lines.length === 0 ? ["No config updates to processes"] : lines;
  },
  question: "update",
  groups: "maybe",
});
