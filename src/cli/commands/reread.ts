import { supervisorCommand } from "../follow/supervisor-command.ts";

export const reread = supervisorCommand({
  name: "reread",
  verb: "reread",
  summary: "Have supervisords read their configuration; nothing is applied",
  details: ["Says which groups `update` would add, change and remove."],
  lines({ reread }) {
    const { added = [], changed = [], removed = [] } = reread ?? {};
    const words: [string, string][] = [
      ...added.map((group): [string, string] => [group, "available"]),
      ...changed.map((group): [string, string] => [group, "changed"]),
      ...removed.map((group): [string, string] => [group, "disappeared"]),
    ];
    if (words.length === 0) return ["No config updates to processes"];
    return words.sort(([a], [b]) => (a < b ? -1 : 1)).map(([group, word]) => `${group}: ${word}`);
  },
  question: null,
  allByDefault: true,
});
