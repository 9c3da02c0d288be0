import { MultivisorError } from "../../domain/errors.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import { type CliContext, defineCliCommand } from "../cli-command.ts";
import { historyNote } from "../history-note.ts";
import { localTime } from "../local-time.ts";
import { colourOfState } from "../output/colours.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { askHistory } from "../select/ask-history.ts";
import { timeOf } from "../time-of.ts";

const COLUMNS: readonly Column<HistoryItem>[] = [
  { title: "TIME", value: ({ at }) => localTime(at) },
  { title: "UID", value: ({ uid, supervisor }) => uid ?? supervisor, shrinks: true },
  { title: "FROM", value: ({ from_state }) => from_state ?? "" },
  {
    title: "TO",
    value: ({ kind, to_state }) => (kind === "transition" ? (to_state ?? "") : `(${kind})`),
    colour: ({ to_state }) => colourOfState(to_state ?? ""),
  },
  { title: "PID", value: ({ pid }) => (pid ? String(pid) : ""), isWide: true },
  { title: "NOTE", value: historyNote },
];

const HUB_MOST = 1_000;

export const history = defineCliCommand({
  name: "history",
  summary: "What the processes went through, newest first",
  details: ["A gap is a stretch of time of which nothing is known. Times are those of this machine's zone."],
  examples: ["history -n 20", "history wcid00a --state FATAL,EXITED --since 2d", "history 'PLC:*' --json"],
  args: {
    n: { type: "string", alias: "limit", valueHint: "NUMBER", default: "50", description: "How many, 1 to 1000" },
    state: { type: "string", valueHint: "STATE", description: "States that were entered, with commas" },
    since: { type: "string", valueHint: "TIME", description: "2h, 3d, or 2026-01-31T12:00" },
    until: { type: "string", valueHint: "TIME", description: "The same" },
  },
  words: { usage: "[PATTERN…]", completes: ["process"] },
  exitCodes: [[1, "no such process, or the hub has no history now"]],
  async run(context, args, patterns) {
    const limit = Number(args.n);
    if (!Number.isInteger(limit) || limit < 1 || limit > HUB_MOST)
      throw new MultivisorError("BAD_CONFIG", `-n "${args.n}" is no number from 1 to ${HUB_MOST}`);
    const parameters = {
      limit: String(limit),
      ...(args.state && { state: args.state.toUpperCase() }),
      ...(args.since && { from: timeOf("--since", args.since) }),
      ...(args.until && { to: timeOf("--until", args.until) }),
    };
    const { items, exitCode } = await newest(context, patterns, parameters);
    await printRows(context, items.slice(0, limit), COLUMNS);
    return exitCode;
  },
});

async function newest(context: CliContext, patterns: readonly string[], parameters: Readonly<Record<string, string>>) {
  const ask = async (more: Readonly<Record<string, string>>) =>
    (await context.hub().history({ ...parameters, ...more }, context.signal)).items;
  if (patterns.length === 0) return { items: await ask({}), exitCode: 0 };
  const { rows, exitCode } = await askHistory(context, patterns, (uid) => ask({ uid }));
  const byId = new Map(rows.map((item) => [item.id, item]));
  return { items: [...byId.values()].sort((a, b) => b.at - a.at), exitCode };
}
