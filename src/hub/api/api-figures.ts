import {
  addFigures,
  availabilityOf,
  type Figures,
  meanTimeBetweenFailuresMs,
  NO_FIGURES,
  percentagesOf,
} from "../../domain/figures.ts";
import type { HistoryFigures, HistorySummary, HistoryTimeline } from "../../protocol/hub-history.ts";
import type { SummaryBy, SummaryRow, Timeline } from "../store/uptime-reader.ts";

function apiFigures(figures: Figures): HistoryFigures {
  const parts = percentagesOf(figures);
  return {
    up_percent: parts?.up ?? null,
    down_percent: parts?.down ?? null,
    stopped_percent: parts?.stopped ?? null,
    unknown_percent: parts?.unknown ?? null,
    availability_percent: availabilityOf(figures),
    up_ms: figures.upMs,
    down_ms: figures.downMs,
    stopped_ms: figures.stoppedMs,
    unknown_ms: figures.unknownMs,
    restarts: figures.restarts,
    crashes: figures.crashes,
    mtbf_ms: meanTimeBetweenFailuresMs(figures),
    longest_outage_ms: figures.longestOutageMs,
    last_crash: figures.lastCrashMs,
  };
}

const worstFirst = (a: SummaryRow, b: SummaryRow): number =>
  (availabilityOf(a.figures) ?? 101) - (availabilityOf(b.figures) ?? 101) ||
  b.figures.crashes - a.figures.crashes ||
  (a.key < b.key ? -1 : 1);

export function apiSummary(
  asked: { readonly fromMs: number; readonly toMs: number; readonly by: SummaryBy; readonly limit: number },
  rows: readonly SummaryRow[],
): HistorySummary {
  const { fromMs, toMs, by, limit } = asked;
  const processes = rows.reduce((count, row) => count + row.processes, 0);
  const total = rows.map(({ figures }) => figures).reduce(addFigures, NO_FIGURES);
  const shown = [...rows].sort(worstFirst).slice(0, limit);
  return {
    from: fromMs,
    to: toMs,
    by,
    total: { processes, ...apiFigures(total) },
    rows: shown.map(({ key, processes, figures }) => ({ key, processes, ...apiFigures(figures) })),
    more: rows.length - shown.length,
  };
}

export const apiTimeline = (
  { uid, fromMs, toMs }: { readonly uid: string; readonly fromMs: number; readonly toMs: number },
  { knownMs, intervals }: Timeline,
): HistoryTimeline => ({
  uid,
  from: fromMs,
  to: toMs,
  known_until: knownMs,
  intervals: intervals.map(({ fromMs, toMs, kind, state, joined }) => ({
    from: fromMs,
    to: toMs,
    kind,
    state,
    joined,
  })),
});
