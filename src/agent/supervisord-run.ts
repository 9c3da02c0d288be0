import { readStat } from "./resources/proc-table.ts";

/** One supervisord from its start to its end. */
export type SupervisordRun = {
  /** not enough alone: the first process of a container has 1, whichever supervisord it is */
  readonly pid: number;
  /** clock ticks from the start of the machine to that of this process; null: not known */
  readonly startTicks: number | null;
};

export const isSameRun = (a: SupervisordRun | null, b: SupervisordRun): boolean =>
  a !== null && a.pid === b.pid && (a.startTicks === null || b.startTicks === null || a.startTicks === b.startTicks);

/** The process that has this id now. */
export const runOf = (pid: number): SupervisordRun => ({ pid, startTicks: readStat("/proc", pid)?.startTicks ?? null });
