import type { TimelineInterval } from "../domain/figures.ts";
import { formatInstant } from "./age.ts";
import { percentWords } from "./pictures/duration-words.ts";
import { roundTicks, Timeline } from "./pictures/timeline.tsx";
import { processUrl } from "./urls.ts";

const DAY_MS = 86_400_000;

/** How far back the picture goes; `?span=` of the page. */
export const SPANS = [
  { key: "24h", word: "24 h", ms: DAY_MS },
  { key: "7d", word: "7 d", ms: 7 * DAY_MS },
  { key: "30d", word: "30 d", ms: 30 * DAY_MS },
  { key: "90d", word: "90 d", ms: 90 * DAY_MS },
] as const;
export type Span = (typeof SPANS)[number];

export type Past = {
  readonly span: Span;
  readonly fromMs: number;
  readonly toMs: number;
  readonly intervals: readonly TimelineInterval[];
};

/** "up 92.1 %, down 7.4 %, unknown 0.5 %" */
function parts({ intervals }: Past): string {
  const sums = new Map<TimelineInterval["kind"], number>();
  for (const { kind, fromMs, toMs } of intervals) sums.set(kind, (sums.get(kind) ?? 0) + toMs - fromMs);
  sums.delete("absent");
  const total = [...sums.values()].reduce((a, b) => a + b, 0);
  return [...sums]
    .filter(([, ms]) => ms > 0)
    .map(([kind, ms]) => `${kind} ${percentWords((100 * ms) / total)}`)
    .join(", ");
}

/** Few enough for a phone, and none that would stand out over the end. */
const ticksOf = ({ fromMs, toMs }: Past): number[] =>
  roundTicks(fromMs, toMs, 4).filter((ms) => ms < toMs - (toMs - fromMs) * 0.2);

const hourText = (ms: number): string => `${formatInstant(ms).slice(11, 16)} UTC`;
const dayText = (ms: number): string => formatInstant(ms).slice(5, 10);

/** Its states over time, as one strip. */
export const ProcessPast = ({ uid, past, basePath }: { uid: string; past: Past; basePath: string }) => (
  <section class="panel past" aria-labelledby="past-title">
    <header class="panel-head">
      <h2 id="past-title">States</h2>
      <p class="past-parts" safe>
        {parts(past)}
      </p>
      <nav class="spans" aria-label="Time">
        {SPANS.map(({ key, word }) => (
          <a
            href={`${processUrl(basePath, uid)}?span=${key}`}
            {...(key === past.span.key ? { "aria-current": "true" } : {})}
          >
            {word}
          </a>
        ))}
      </nav>
    </header>
    <Timeline
      id="past"
      name={uid}
      fromMs={past.fromMs}
      toMs={past.toMs}
      intervals={past.intervals}
      ticks={ticksOf(past)}
      tickText={past.span.key === "24h" ? hourText : dayText}
    />
  </section>
);
