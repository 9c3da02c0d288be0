import type { Figures, TimelineInterval } from "../domain/figures.ts";
import { attributeText } from "./attribute-text.ts";
import { formatBytes } from "./history-line.ts";
import { AreaChart, type ChartPoint } from "./pictures/area-chart.tsx";
import { type Day, DayBars } from "./pictures/day-bars.tsx";
import type { Spent } from "./pictures/state-strip.tsx";
import { roundTicks, Timeline } from "./pictures/timeline.tsx";
import { pastTexts as texts } from "./texts/process-past.ts";
import { processUrl } from "./urls.ts";
import type { ZoneTime } from "./zone-time.ts";

const DAY_MS = 86_400_000;

/** How far back the pictures go; `?span=` of the page. */
export const SPANS = [
  { key: "24h", word: "24 h", ms: DAY_MS },
  { key: "7d", word: "7 d", ms: 7 * DAY_MS },
  { key: "30d", word: "30 d", ms: 30 * DAY_MS },
  { key: "90d", word: "90 d", ms: 90 * DAY_MS },
] as const;
export type Span = (typeof SPANS)[number];

/** What a process and its children used; empty where its link does not tell. */
export type Use = {
  readonly stepMs: number;
  /** percent of one core */
  readonly cpu: readonly ChartPoint[];
  /** bytes */
  readonly memory: readonly ChartPoint[];
};

export type Past = {
  readonly span: Span;
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervals: readonly TimelineInterval[];
  /** of all that time */
  readonly whole: Figures;
  /** oldest first, the last is today */
  readonly days: readonly Day[];
  readonly restarts: { readonly hour: number; readonly week: number };
  readonly use: Use;
  readonly zone: ZoneTime;
};

/** The picture joins what is shorter than a line of it. */
const LITTLE_MS = 120_000;

/** Before this nothing is known, as of what is younger than the picture. */
const knownSince = ({ intervals: [first] }: Past): number | null =>
  first?.kind === "unknown" || first?.kind === "absent" ? first.toMs : null;

/** Of the time since it is known. */
function spentOf(past: Past): Spent {
  const since = knownSince(past);
  const unknownMs = past.whole.unknownMs - (since === null ? 0 : since - past.fromMs);
  return { ...past.whole, unknownMs: Math.max(0, unknownMs) };
}

/** "up 92.1 %, down 7.4 %, not known 0.5 %", of the time since it is known. */
function parts(past: Past): string {
  const since = knownSince(past);
  const { upMs, downMs, stoppedMs, unknownMs } = spentOf(past);
  const sums = { up: upMs, down: downMs, stopped: stoppedMs, unknown: unknownMs < LITTLE_MS ? 0 : unknownMs };
  const total = Object.values(sums).reduce((a, b) => a + b, 0);
  const kinds = (["up", "down", "stopped", "unknown"] as const).filter((kind) => sums[kind] > 0);
  const words = kinds.map((kind) => texts.part(texts.kinds[kind], (100 * sums[kind]) / total));
  return [...words, ...(since === null ? [] : [texts.knownSince(past.zone.moment(since))])].join(", ");
}

/** Few enough for a phone, and none that would stand out over the end. */
const ticksOf = ({ fromMs, toMs, zone }: Past): number[] =>
  roundTicks(fromMs, toMs, 4, zone.offsetMs(toMs)).filter((ms) => ms < toMs - (toMs - fromMs) * 0.2);

/** The stretch before anything was known is left empty: it is no gap. */
const shown = (past: Past): readonly TimelineInterval[] =>
  knownSince(past) === null ? past.intervals : past.intervals.slice(1);

const Spans = ({ uid, past, basePath }: { uid: string; past: Past; basePath: string }) => (
  <nav class="spans" aria-label={texts.time}>
    {SPANS.map(({ key, word }) => (
      <a
        href={`${processUrl(basePath, uid)}?span=${key}`}
        {...(key === past.span.key ? { "aria-current": "true" } : {})}
      >
        {word}
      </a>
    ))}
  </nav>
);

const Days = ({ uid, past }: { uid: string; past: Past }) => (
  <div class="past-days">
    <DayBars id="past-days" name={uid} days={past.days} dateText={past.zone.date} />
    <p class="past-ends">
      <span safe>{texts.daysAgo(past.days.length)}</span>
      <span safe>{texts.restarts(past.restarts.hour, past.restarts.week)}</span>
      <span>{texts.today}</span>
    </p>
  </div>
);

type ChartProps = {
  readonly id: string;
  readonly title: string;
  readonly past: Past;
  readonly points: readonly ChartPoint[];
  readonly top: number;
  readonly valueText: (value: number) => string;
};

const percentText = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;

function useWords(points: readonly ChartPoint[], valueText: (value: number) => string): string {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const last = values.at(-1);
  return last === undefined ? texts.noUse : texts.use(valueText(last), valueText(Math.max(...values)));
}

const Chart = ({ id, title, past, points, top, valueText }: ChartProps) => (
  <div class="past-use">
    <p>
      <b safe>{title}</b> <span safe>{useWords(points, valueText)}</span>
    </p>
    <AreaChart
      {...{ id, points, top, valueText, name: title, fromMs: past.fromMs, toMs: past.toMs, stepMs: past.use.stepMs }}
      timeText={past.zone.moment}
    />
  </div>
);

const Uses = ({ past }: { past: Past }) =>
  past.use.cpu.length === 0 ? (
    ""
  ) : (
    <div class="past-uses">
      <Chart {...{ id: "past-cpu", title: texts.cpu, past, points: past.use.cpu, top: 1, valueText: percentText }} />
      <Chart
        {...{ id: "past-memory", title: texts.memory, past, points: past.use.memory, top: 1, valueText: formatBytes }}
      />
    </div>
  );

/** Its states over time, how it was day by day, and what it used: pictures over the same stretch of time. */
export const ProcessPast = ({ uid, past, basePath }: { uid: string; past: Past; basePath: string }) => (
  <section class="panel past" id="past" aria-labelledby="past-title" data-uid={attributeText(uid)}>
    <header class="panel-head">
      <h2 id="past-title">{texts.states}</h2>
      <p class="past-parts" safe>
        {parts(past)}
      </p>
      <Spans uid={uid} past={past} basePath={basePath} />
    </header>
    <Timeline
      id="past-strip"
      name={uid}
      fromMs={past.fromMs}
      toMs={past.toMs}
      intervals={shown(past)}
      spent={spentOf(past)}
      ticks={ticksOf(past)}
      tickText={past.span.key === "24h" ? past.zone.clock : past.zone.shortDate}
      timeText={past.zone.moment}
    />
    <Days uid={uid} past={past} />
    <Uses past={past} />
  </section>
);
