import { Value } from "@sinclair/typebox/value";
import { timedelta } from "../../domain/apply-transition.ts";
import { MultivisorError } from "../../domain/errors.ts";
import { HistorySummary } from "../../protocol/hub-history.ts";
import { type CliContext, defineCliCommand } from "../cli-command.ts";
import { localTime } from "../local-time.ts";
import { wholeNumber } from "../logs/regexp.ts";
import { printRows } from "../output/print-rows.ts";
import type { Column } from "../output/table.ts";
import { askHistory } from "../select/ask-history.ts";
import { timeOf } from "../time-of.ts";

type Row = HistorySummary["rows"][number];

const percent = (value: number | null): string => (value === null ? "" : value.toFixed(2));
const duration = (ms: number | null): string => (ms === null || ms === 0 ? "" : timedelta(Math.round(ms / 1_000)));

const COLUMNS: readonly Column<Row>[] = [
  { title: "KEY", value: ({ key }) => key, shrinks: true },
  { title: "AVAILABLE%", value: (row) => percent(row.availability_percent) },
  { title: "UP%", value: (row) => percent(row.up_percent) },
  { title: "DOWN%", value: (row) => percent(row.down_percent) },
  { title: "STOPPED%", value: (row) => percent(row.stopped_percent) },
  { title: "UNKNOWN%", value: (row) => percent(row.unknown_percent) },
  { title: "RESTARTS", value: ({ restarts }) => String(restarts) },
  { title: "CRASHES", value: ({ crashes }) => String(crashes) },
  { title: "LONGEST OUTAGE", value: (row) => duration(row.longest_outage_ms) },
  { title: "MTBF", value: (row) => duration(row.mtbf_ms), isWide: true },
  { title: "LAST CRASH", value: ({ last_crash }) => (last_crash === null ? "" : localTime(last_crash)) },
];

export const uptime = defineCliCommand({
  name: "uptime",
  summary: "How much was up, down, stopped on purpose, and unknown; restarts and crashes",
  details: [
    "Worst first. AVAILABLE is the part of the time that is known and was meant to be up. Without --since the last 24 hours.",
  ],
  examples: ["uptime", "uptime 'lid001:*' --since 30d", "uptime --by supervisor --since 7d --json"],
  args: {
    by: { type: "enum", options: ["process", "group", "supervisor"], default: "process", description: "Rows" },
    since: { type: "string", valueHint: "TIME", description: "2h, 3d, or 2026-01-31T12:00" },
    until: { type: "string", valueHint: "TIME", description: "The same" },
    n: { type: "string", alias: "limit", valueHint: "NUMBER", default: "1000", description: "Rows at most" },
  },
  words: { usage: "[PATTERN…]", completes: ["process"] },
  exitCodes: [[1, "no such process, or the hub has no history now"]],
  async run(context, args, patterns) {
    const parameters = {
      by: args.by,
      limit: String(wholeNumber("-n", args.n, 100_000)),
      ...(args.since && { from: timeOf("--since", args.since) }),
      ...(args.until && { to: timeOf("--until", args.until) }),
    };
    let more = 0;
    let asked = 0;
    const ask = async (uid: string) => {
      if (++asked > 1 && args.by !== "process")
        throw new MultivisorError("BAD_CONFIG", `--by ${args.by} takes one pattern: figures cannot be added up`);
      const answer = await summary(context, { ...parameters, uid });
      more += answer.more;
      return answer.rows;
    };
    const { rows, exitCode } =
      patterns.length === 0 ? { rows: await ask("*"), exitCode: 0 } : await askHistory(context, patterns, ask);
    await printRows(context, [...new Map(rows.map((row) => [row.key, row])).values()], COLUMNS);
    if (more > 0) context.err(`${more} more; -n shows them`);
    return exitCode;
  },
});

async function summary(context: CliContext, parameters: Readonly<Record<string, string>>): Promise<HistorySummary> {
  const path = `/api/history/summary?${new URLSearchParams(parameters)}`;
  const answer: unknown = await (
    await context.hub().fetch({ path, signal: context.signal, deadlineMs: 60_000 })
  ).json();
  if (Value.Check(HistorySummary, answer)) return answer;
  throw new MultivisorError("BAD_WIRE", "Cannot read the hub's figures of uptime");
}
