import { type Namespec, nameOf, type SupervisorName } from "../../domain/names.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { StripCode } from "../../views/day-strip.ts";
import { isStale, type PlacedProcess } from "../../views/process-look.ts";
import { NO_FIGURES, type RowFigures, roundCpu, roundRss } from "../../views/row-figures.ts";
import type { SupervisorSums } from "../../views/supervisor-sums.ts";
import type { Point } from "../stats/series.ts";
import type { EndedLately, RecentPast } from "./recent-past.ts";

/** What a host's newest message tells of each of its processes. */
export type UsageOf = (supervisor: SupervisorName, hostNowMs: number) => (process: Namespec) => Point | null;

/** What a row shows of a process, or of a supervisor, as of now. */
export type FiguresOf = {
  readonly all: (placed: PlacedProcess) => RowFigures;
  readonly strip: (placed: PlacedProcess) => StripCode;
  readonly sums: (supervisor: Supervisor) => SupervisorSums;
  readonly ended: () => readonly EndedLately[];
};

/** Where nothing is known but the fleet. */
export const noFigures: FiguresOf = {
  all: () => NO_FIGURES,
  strip: () => NO_FIGURES.strip,
  sums: () => ({ cpu: null, rssKib: null, restarts: 0 }),
  ended: () => [],
};

const knowsNothing = () => null;

export function createFiguresOf(past: RecentPast, usage: UsageOf, now: () => number): FiguresOf {
  const usageOf = (supervisor: Supervisor) =>
    isStale(supervisor) ? knowsNothing : usage(supervisor.name, now() + (supervisor.clockOffsetMs ?? 0));
  return {
    all({ process, supervisor }) {
      const used = process.pid === null ? null : usageOf(supervisor)(nameOf(process));
      return {
        cpu: used === null || used.cpu === null ? null : roundCpu(used.cpu),
        rssKib: used === null || used.rssBytes === null ? null : roundRss(used.rssBytes),
        ...past.of(process),
      };
    },
    strip: ({ process }) => past.of(process).strip,
    sums(supervisor) {
      const usedBy = usageOf(supervisor);
      let cpu: number | null = null;
      let rssBytes: number | null = null;
      let restarts = 0;
      for (const [name, process] of supervisor.processes) {
        restarts += past.restartsOf(process);
        const used = process.pid === null ? null : usedBy(name);
        if (used === null) continue;
        if (used.cpu !== null) cpu = (cpu ?? 0) + used.cpu;
        if (used.rssBytes !== null) rssBytes = (rssBytes ?? 0) + used.rssBytes;
      }
      return {
        cpu: cpu === null ? null : roundCpu(cpu),
        rssKib: rssBytes === null ? null : roundRss(rssBytes),
        restarts,
      };
    },
    ended: past.ended,
  };
}
