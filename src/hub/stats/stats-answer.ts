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
  /** The finest that reaches back so far: 10 s for the last 2 hours, else 5 min. */
  return (uid: string, supervisor: SupervisorName, process: Namespec, { fromMs, toMs }: Span): HubStats => {
    const recent = stats.recent(supervisor, process, fromMs, toMs);
    const points: readonly (Point & { readonly cpuMax?: number | null })[] =
      recent ?? kept(supervisor, process, { fromMs, toMs }).map(pointOf);
    return {
      ...{ uid, from: fromMs, to: toMs, step_ms: recent === null ? SLOT_MS : POINT_MS },
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
