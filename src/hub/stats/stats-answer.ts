import type { Namespec, SupervisorName } from "../../domain/names.ts";
import type { HubResources, HubStats } from "../../protocol/hub.ts";
import type { KeptFigures } from "../store/stats-rows.ts";
import { SLOT_MS } from "./five-minutes.ts";
import { POINT_MS, type Point } from "./series.ts";
import type { Stats } from "./stats.ts";

export type Span = { readonly fromMs: number; readonly toMs: number };

export const DEFAULT_SPAN_MS = 3_600_000;

/** @param kept five-minute figures of the history */
export function statsAnswer(
  stats: Stats,
  kept: (supervisor: SupervisorName, process: Namespec, span: Span) => readonly KeptFigures[],
) {
  type Told = { readonly stepMs: number; readonly points: readonly (Point & { readonly cpuMax?: number | null })[] };

  /** The finest that reaches back so far: 10 s for the last 2 hours and for what is younger than that, else 5 min. */
  function told(supervisor: SupervisorName, process: Namespec, span: Span): Told {
    const { fromMs, toMs } = span;
    const recent = stats.recent(supervisor, process, fromMs, toMs);
    if (recent !== null) return { stepMs: POINT_MS, points: recent };
    const old = kept(supervisor, process, span);
    const sinceMs = stats.recentSinceMs(supervisor, process);
    if (sinceMs !== null && !old.some(({ atMs }) => atMs < sinceMs))
      return { stepMs: POINT_MS, points: stats.recent(supervisor, process, Math.max(fromMs, sinceMs), toMs) ?? [] };
    const last = stats.unfinished(supervisor, process);
    const isAsked = last !== null && last.atMs >= fromMs && last.atMs < toMs && last.atMs > (old.at(-1)?.atMs ?? 0);
    return { stepMs: SLOT_MS, points: [...old, ...(isAsked ? [last] : [])].map(pointOf) };
  }

  return (uid: string, supervisor: SupervisorName, process: Namespec, { fromMs, toMs }: Span): HubStats => {
    const { stepMs, points } = told(supervisor, process, { fromMs, toMs });
    return {
      ...{ uid, from: fromMs, to: toMs, step_ms: stepMs },
      at: points.map(({ atMs }) => atMs),
      cpu: points.map(({ cpu }) => rounded(cpu)),
      cpu_max: points.map(({ cpu, cpuMax }) => rounded(cpuMax ?? cpu)),
      rss_bytes: points.map(({ rssBytes }) => rssBytes),
      processes: points.map(({ processes }) => processes),
      files: points.map(({ files }) => files),
    };
  };
}

const pointOf = (kept: KeptFigures) => ({
  ...{ atMs: kept.atMs, cpu: kept.cpuMean, cpuMax: kept.cpuMax, rssBytes: Math.round(kept.rssMean) },
  ...{ processes: kept.processesMax, files: kept.filesMax },
});

const rounded = (percent: number | null): number | null => (percent === null ? null : Math.round(percent * 10) / 10);

/** Of /api/process/info. */
export const apiResources = (point: Point | null): HubResources | null =>
  point && {
    ...{ at: point.atMs, cpu: point.cpu, rss_bytes: point.rssBytes },
    ...{ processes: point.processes, files: point.files },
  };
