import type { HubData } from "../../protocol/hub.ts";
import { defineCliCommand } from "../cli-command.ts";
import { processLog } from "../logs/log-source.ts";
import { regexp, wholeNumber } from "../logs/regexp.ts";
import { tailLogs } from "../logs/tail-logs.ts";
import { selectTargets } from "../select/select-targets.ts";
import { unknownLine } from "../select/unknown-line.ts";

const MOST_LINES = 10_000;

export const tail = defineCliCommand({
  name: "tail",
  summary: "The last lines of logs, and what follows",
  details: [
    "Several logs are merged, each line with its uid in front. With -f this goes on through restarts of process, agent and hub, and through rotation, until Ctrl-C: no line is lost or repeated.",
    "Control characters are shown as \\x1b and the like, unless with --raw.",
  ],
  examples: ["tail -f lid001:PLC:wcid00a", "tail -n 100 --stderr 'PLC:*' --grep 'timeout|refused'"],
  args: {
    f: { type: "boolean", alias: "follow", description: "Go on with what is written" },
    n: { type: "string", alias: "lines", valueHint: "NUMBER", default: "20", description: "How many lines" },
    stderr: { type: "boolean", description: "The log of stderr" },
    grep: { type: "string", valueHint: "REGEXP", description: "Only lines that match" },
    raw: { type: "boolean", description: "Control characters as they are" },
  },
  words: { usage: "PATTERN… [stdout|stderr]", completes: ["process"], least: 1 },
  exitCodes: [
    [1, "no such process, no log file"],
    [130, "Ctrl-C"],
  ],
  async run(context, args, words) {
    const lines = wholeNumber("-n", args.n, MOST_LINES);
    const grep = args.grep === undefined ? null : regexp("--grep", args.grep, false);
    const { answer } = await context.hub().data(context.signal);
    const channel = channelWord(answer, words);
    const { processes, refused } = selectTargets(answer, channel === null ? words : words.slice(0, -1));
    for (const { word } of refused) context.err(unknownLine(word));
    const sources = processes.map((process) => processLog(process, args.stderr === true || channel === "stderr"));
    const options = { lines, follow: args.f === true, grep, isRaw: args.raw === true };
    const code = sources.length === 0 ? 0 : await tailLogs(context, sources, options);
    return refused.length > 0 ? 1 : code;
  },
});

/** `tail NAME stderr`, as with supervisorctl; not where a process is called so. */
function channelWord(data: HubData, words: readonly string[]): string | null {
  const last = words.at(-1) ?? "";
  const isChannel = words.length > 1 && (last === "stderr" || last === "stdout");
  return isChannel && selectTargets(data, [last]).processes.length === 0 ? last : null;
}
