import { defineCliCommand } from "../cli-command.ts";
import { mainLog } from "../logs/log-source.ts";
import { wholeNumber } from "../logs/regexp.ts";
import { tailLogs } from "../logs/tail-logs.ts";
import { selectSupervisors } from "../select/select-targets.ts";

export const maintail = defineCliCommand({
  name: "maintail",
  summary: "The last lines of supervisords' own logs, and what follows",
  examples: ["maintail lid001", "maintail -f all"],
  args: {
    f: { type: "boolean", alias: "follow", description: "Go on with what is written" },
    n: { type: "string", alias: "lines", valueHint: "NUMBER", default: "20", description: "How many lines" },
  },
  words: { usage: "SUPERVISOR…|all", completes: ["supervisor"], least: 1 },
  exitCodes: [
    [1, "no such supervisor, no log file"],
    [130, "Ctrl-C"],
  ],
  async run(context, args, words) {
    const lines = wholeNumber("-n", args.n, 10_000);
    const names = selectSupervisors((await context.hub().data(context.signal)).answer, words);
    return tailLogs(context, names.map(mainLog), { lines, follow: args.f === true, grep: null, isRaw: false });
  },
});
