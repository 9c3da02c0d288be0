import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import type { HubLogMatches } from "../../protocol/hub-logs.ts";
import { defineCliCommand } from "../cli-command.ts";
import { linePrinter } from "../logs/log-lines.ts";
import { processLog } from "../logs/log-source.ts";
import { searchLog } from "../logs/read-log.ts";
import { wholeNumber } from "../logs/regexp.ts";
import { selectTargets } from "../select/select-targets.ts";
import { unknownLine } from "../select/unknown-line.ts";

export const search = defineCliCommand({
  name: "search",
  summary: "Look for a text in logs, their rotated backups included",
  details: ["Searched where the logs are; only what matches travels. The newest matches, in the order of the log."],
  examples: ["search refused 'PLC:*'", "search --regex 'time(d )?out' lid001:PLC:wcid00a --after 3"],
  args: {
    regex: { type: "boolean", alias: "e", description: "TEXT is a regular expression" },
    "ignore-case": { type: "boolean", alias: "i", description: "Case does not count" },
    before: {
      type: "string",
      alias: "B",
      valueHint: "NUMBER",
      default: "0",
      description: "Lines shown before a match",
    },
    after: { type: "string", alias: "A", valueHint: "NUMBER", default: "0", description: "Lines shown after a match" },
    n: { type: "string", alias: "limit", valueHint: "NUMBER", default: "100", description: "Matches of each log" },
    stderr: { type: "boolean", description: "The log of stderr" },
  },
  words: { usage: "TEXT PATTERN…", completes: ["nothing", "process"], least: 2 },
  exitCodes: [
    [0, "found"],
    [1, "not found, no such process, no log file"],
  ],
  async run(context, args, [q = "", ...words]) {
    const query = {
      q,
      regex: args.regex === true ? "1" : "0",
      case: args["ignore-case"] === true ? "0" : "1",
      before: String(wholeNumber("--before", args.before, 100)),
      after: String(wholeNumber("--after", args.after, 100)),
      limit: String(wholeNumber("-n", args.n, 10_000)),
    };
    const { processes, refused } = selectTargets((await context.hub().data(context.signal)).answer, words);
    for (const { word } of refused) context.err(unknownLine(word));
    const sources = processes.map((process) => processLog(process, args.stderr === true));
    const print = linePrinter(context, sources, false);
    let found = 0;
    for (const source of sources) {
      try {
        const answer = await searchLog(context.hub(), source, query, context.signal);
        found += answer.matches.length;
        await print(source, linesOf(answer, args.before !== "0" || args.after !== "0"));
        if (!answer.complete) context.err(printable(`${source.name}: there may be older matches`));
      } catch (error) {
        if (!(error instanceof MultivisorError) || error.code === "UNKNOWN_METHOD") throw error;
        context.err(printable(`${source.name}: ERROR (${error.code === "NO_LOG" ? "no log file" : messageOf(error)})`));
      }
    }
    return found > 0 && refused.length === 0 ? 0 : 1;
  },
});

/** As grep has them: `--` between matches with lines around. */
const linesOf = ({ matches }: HubLogMatches, hasContext: boolean): string[] =>
  matches.flatMap(({ before, line, after }, i) => [...(hasContext && i > 0 ? ["--"] : []), ...before, line, ...after]);
