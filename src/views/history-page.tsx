import type { HistoryBucket } from "../domain/figures.ts";
import { attributeText } from "./attribute-text.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { HistoryHistogram } from "./history-histogram.tsx";
import type { HistoryLine } from "./history-line.ts";
import { HistoryRows } from "./history-rows.tsx";
import { historyUrl } from "./urls.ts";
import type { ZoneTime } from "./zone-time.ts";

/** As they stand in the address; the names are those of /api/history, and `range` stands for a `from` that moves along. */
export const HISTORY_FIELDS = [
  "uid",
  "supervisor",
  "group",
  "process",
  "state",
  "kind",
  "cause",
  "expected",
  "text",
  "range",
  "from",
  "to",
] as const;
export type HistoryFields = Readonly<Record<(typeof HISTORY_FIELDS)[number], string>>;

export const RANGES: readonly { key: string; word: string; ms: number | null }[] = [
  { key: "", word: "Any time", ms: null },
  { key: "1h", word: "Last hour", ms: 3_600_000 },
  { key: "24h", word: "Last 24 h", ms: 86_400_000 },
  { key: "7d", word: "Last 7 days", ms: 7 * 86_400_000 },
  { key: "30d", word: "Last 30 days", ms: 30 * 86_400_000 },
  { key: "custom", word: "Custom", ms: null },
];

type Option = readonly [value: string, word: string];
const STATES: readonly Option[] = [
  ["", "Any state"],
  ["FATAL,BACKOFF,EXITED", "Fatal, backoff, exited"],
  ...["STARTING", "RUNNING", "BACKOFF", "STOPPING", "STOPPED", "EXITED", "FATAL", "UNKNOWN"].map(
    (state): Option => [state, state.charAt(0) + state.slice(1).toLowerCase()],
  ),
];
const KINDS: readonly Option[] = [
  ["", "Transitions and gaps"],
  ["transition", "Transitions"],
  ["gap", "Gaps"],
  ["command", "What was asked for"],
  ["link", "Links lost and found"],
  ["supervisor", "supervisord itself"],
  ["group", "Groups added and removed"],
  ["transition,gap,supervisor,link,group,command", "Everything"],
];
const CAUSES: readonly Option[] = [
  ["", "Any cause"],
  ["crash", "Crash"],
  ["user", "Asked for through the hub"],
  ["host", "Asked for at the host"],
  ["autorestart", "Autorestart"],
  ["exit", "Ended by itself"],
  ["supervisord_start", "supervisord started"],
  ["supervisord_stop", "supervisord stopped"],
];
const EXPECTED: readonly Option[] = [
  ["", "Expected or not"],
  ["false", "Not expected"],
  ["true", "Expected"],
];

type SelectProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly options: readonly Option[];
};

const Select = ({ name, label, value, options }: SelectProps) => {
  const known = options.some(([key]) => key === value) ? options : [...options, [value, value] as const];
  return (
    <label>
      <span safe>{label}</span>
      <select name={name}>
        {known.map(([key, word]) => (
          <option value={attributeText(key)} {...(key === value ? { selected: true } : {})} safe>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
};

type TextProps = { readonly name: string; readonly label: string; readonly value: string; readonly hint?: string };

const Text = ({ name, label, value, hint = "" }: TextProps) => (
  <label>
    <span safe>{label}</span>
    <input
      type="text"
      name={name}
      value={attributeText(value)}
      placeholder={hint}
      autocomplete="off"
      autocapitalize="off"
      spellcheck="false"
    />
  </label>
);

const Filters = ({ fields, basePath }: { fields: HistoryFields; basePath: string }) => (
  <form id="history-filter" class="panel filters" method="get" action={`${basePath}/history`}>
    <Text name="uid" label="Process" value={fields.uid} hint="host:group:name, * and ?" />
    <Text name="supervisor" label="Supervisor" value={fields.supervisor} hint="web*" />
    <Text name="group" label="Group" value={fields.group} />
    <Select name="state" label="State entered" value={fields.state} options={STATES} />
    <Select name="range" label="Time" value={fields.range} options={RANGES.map(({ key, word }) => [key, word])} />
    <Text name="text" label="Text" value={fields.text} hint="in errors and messages" />
    <details class="more-filters" {...(moreAsked(fields) ? { open: true } : {})}>
      <summary>More</summary>
      <div class="more-fields">
        <Text name="process" label="Name" value={fields.process} />
        <Select name="kind" label="Kind" value={fields.kind} options={KINDS} />
        <Select name="cause" label="Cause" value={fields.cause} options={CAUSES} />
        <Select name="expected" label="Ends" value={fields.expected} options={EXPECTED} />
        <Text name="from" label="From (custom)" value={fields.from} hint="2026-01-31T12:00Z" />
        <Text name="to" label="To (custom)" value={fields.to} hint="2026-01-31T13:00Z" />
      </div>
    </details>
    <button type="submit" class="worded">
      Show
    </button>
    <a href={`${basePath}/history`} class="quiet">
      Clear
    </a>
  </form>
);

const moreAsked = ({ process, kind, cause, expected, from, to }: HistoryFields): boolean =>
  [process, kind, cause, expected, from, to].some((value) => value !== "");

export type HistoryPageInput = PageInput & {
  readonly fields: HistoryFields;
  readonly lines: readonly HistoryLine[];
  /** cursor of the page after this one; null: this is the last */
  readonly next: string | null;
  /** the newest page, open at its end: new lines come on top */
  readonly follows: boolean;
  /** what is wrong with the question; null: nothing */
  readonly problem: string | null;
  readonly exports: { readonly csv: string; readonly json: string };
  /** over the range; [] where it cannot be counted */
  readonly buckets: readonly HistoryBucket[];
  readonly zone: ZoneTime;
};

export function historyPage({
  fields,
  lines,
  next,
  follows,
  problem,
  buckets,
  zone,
  ...input
}: HistoryPageInput): string {
  const { context, exports } = input;
  const { basePath } = context;
  return framedPage({
    ...input,
    title: `History, ${context.fleetName}`,
    page: "history",
    stream: "/live/history",
    skip: { to: "history", words: "Skip to the history" },
    children: (
      <>
        <h1 class="sr">History</h1>
        <Filters fields={fields} basePath={basePath} />
        {buckets.length === 0 ? null : (
          <HistoryHistogram buckets={buckets} fields={fields} basePath={basePath} zone={zone} />
        )}
        <section class="panel" aria-labelledby="history-title">
          <header class="panel-head">
            <h2 id="history-title">{follows ? "Latest first, live" : "Latest first"}</h2>
            <p class="exports">
              Export <a href={exports.csv}>CSV</a> <a href={exports.json}>JSON</a>
            </p>
          </header>
          {problem === null ? null : (
            <p class="none problem" role="alert" safe>
              {problem}
            </p>
          )}
          <ol id="history" class="happening with-subject" tabindex="-1" {...(follows ? { "data-follows": "" } : {})}>
            <HistoryRows lines={lines} basePath={basePath} subject />
          </ol>
          {lines.length === 0 && problem === null ? (
            <p class="none" id="history-none">
              Nothing happened that this asks for.
            </p>
          ) : null}
          {next === null ? null : (
            <p class="older">
              <a href={historyUrl(basePath, { ...fields, cursor: next })} id="older">
                Older
              </a>
            </p>
          )}
        </section>
      </>
    ),
  });
}
