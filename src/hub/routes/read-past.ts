import { dayStarts } from "../../domain/day-starts.ts";
import { NO_FIGURES, totalMs } from "../../domain/figures.ts";
import { namespec } from "../../domain/names.ts";
import type { PlacedProcess } from "../../views/process-look.ts";
import { type Past, SPANS, type Use } from "../../views/process-past.tsx";
import type { ZoneTime } from "../../views/zone-time.ts";
import type { statsAnswer } from "../stats/stats-answer.ts";
import type { Store } from "../store/store.ts";

const DAYS = 90;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** The picture's own; twice as fine as most screens show. */
const WIDTH = 1_000;

export type ReadPast = (placed: PlacedProcess, span: string, zone: ZoneTime) => Past | null;

/** Out of the history: what the pictures of one process show. */
export function readPast(deps: {
  readonly store: Pick<Store, "timeline" | "figures">;
  readonly stats: ReturnType<typeof statsAnswer>;
  readonly now: () => number;
}): ReadPast {
  const { store, stats, now } = deps;
  const figures = ({ process }: PlacedProcess, moments: readonly number[]) =>
    store.figures({ uid: process.uid, supervisor: null, group: null, process: null, access: null }, moments);

  /** Days before the first of which anything is known are empty: they are no gaps. */
  function daysOf(placed: PlacedProcess, zone: ZoneTime, toMs: number) {
    const starts = dayStarts(DAYS, toMs, zone.name);
    const all = figures(placed, [...starts.slice(0, -1), toMs]);
    const first = all.findIndex((of) => of.unknownMs < totalMs(of));
    return all.map((of, i) => ({ startMs: starts[i] ?? toMs, figures: i < first || first < 0 ? NO_FIGURES : of }));
  }

  function useOf({ process }: PlacedProcess, fromMs: number, toMs: number): Use {
    const told = stats(process.uid, process.supervisor, namespec(process.group, process.name), { fromMs, toMs });
    const points = (values: readonly (number | null)[]) =>
      told.at.map((atMs, i) => ({ atMs, value: values[i] ?? null }));
    return { stepMs: told.step_ms, cpu: points(told.cpu_max), memory: points(told.rss_bytes) };
  }

  return (placed, wanted, zone) => {
    const span = SPANS.find(({ key }) => key === wanted) ?? SPANS[0];
    const toMs = now();
    const asked = { uid: placed.process.uid, fromMs: toMs - span.ms, toMs, width: WIDTH };
    try {
      const found = store.timeline(asked);
      if (found === null) return null;
      const whole = figures(placed, [asked.fromMs, toMs])[0] ?? NO_FIGURES;
      const [before, hour] = figures(placed, [toMs - WEEK_MS, toMs - HOUR_MS, toMs]);
      const restarts = { hour: hour?.restarts ?? 0, week: (before?.restarts ?? 0) + (hour?.restarts ?? 0) };
      return {
        ...{ span, fromMs: asked.fromMs, toMs, zone, whole, restarts, intervals: found.intervals },
        ...{ days: daysOf(placed, zone, toMs), use: useOf(placed, asked.fromMs, toMs) },
      };
    } catch {
      return null; // the list of what happened says that the history cannot be read
    }
  };
}
