import { type Namespec, nameOf, type SupervisorName } from "../../domain/names.ts";
import { isStale, type PlacedProcess } from "../../views/process-look.ts";
import { NO_FIGURES, type RowFigures, roundCpu, roundRss } from "../../views/row-figures.ts";
import type { Point } from "../stats/series.ts";
import type { RecentPast } from "./recent-past.ts";

type Usage = (supervisor: SupervisorName, process: Namespec, hostNowMs: number) => Point | null;

/** What a row shows of a process, as of now. */
export type FiguresOf = {
  readonly all: (placed: PlacedProcess) => RowFigures;
  readonly ends: (placed: PlacedProcess) => number;
};

/** Where nothing is known but the fleet. */
export const noFigures: FiguresOf = { all: () => NO_FIGURES, ends: () => 0 };

export function createFiguresOf(past: RecentPast, usage: Usage, now: () => number): FiguresOf {
  return {
    all(placed) {
      const { process, supervisor } = placed;
      const hostNowMs = now() + (supervisor.clockOffsetMs ?? 0);
      const used =
        isStale(supervisor) || process.pid === null ? null : usage(supervisor.name, nameOf(process), hostNowMs);
      return {
        cpu: used === null || used.cpu === null ? null : roundCpu(used.cpu),
        rssKib: used === null || used.rssBytes === null ? null : roundRss(used.rssBytes),
        ...past.of(process),
      };
    },
    ends: ({ process }) => past.endsOf(process),
  };
}
