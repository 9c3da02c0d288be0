import type { ProcessInfo } from "../../domain/process.ts";
import type { ProcessStateName } from "../../domain/states.ts";

/** A state that a process must have entered between two looks at it. */
export type Step = {
  readonly toState: ProcessStateName;
  readonly pid: number | null;
  /** when, by supervisord's `start` and `stop` (whole seconds, cut off); null: not told */
  readonly momentMs: number | null;
};

/** A process that was spawned anew between the two: supervisord says when, or the pid tells. */
export const isNewRun = (before: ProcessInfo, after: ProcessInfo): boolean =>
  after.startMs !== before.startMs || (after.pid !== null && after.pid !== before.pid);

/** It was at rest, and something has ended since: a run that began in the second in which the one before did. */
const hasRunSince = (before: ProcessInfo, after: ProcessInfo): boolean =>
  before.pid === null && after.pid === null && after.stopMs !== before.stopMs;

/**
 * The states in between, as far as supervisord's rules of what follows what leave one way only. What a run that nobody
 * saw end ended in is not told: it is taken as EXITED, and whether that was expected is not known. Runs that began and
 * ended between two looks cannot be seen, but for the last.
 * @returns nothing where the two are of one run and one state
 */
export function stepsBetween(before: ProcessInfo, after: ProcessInfo): Step[] {
  if (!isNewRun(before, after) && !hasRunSince(before, after))
    return before.state === after.state ? [] : ofOneRun(before.state, after);
  const started: Step = { toState: "STARTING", pid: null, momentMs: after.startMs };
  return [...endOf(before, after), started, ...ofOneRun("STARTING", after)];
}

/** How the run of `before` ended. */
function endOf(before: ProcessInfo, after: ProcessInfo): Step[] {
  // `stop` is that of the newest end: of this run only while the next one has not ended.
  const momentMs = after.pid !== null && after.stopMs !== before.stopMs ? after.stopMs : null;
  const step = (toState: ProcessStateName): Step => ({ toState, pid: before.pid, momentMs });
  switch (before.state) {
    case "RUNNING":
      return [step("EXITED")];
    case "STARTING":
      return [step("BACKOFF")];
    case "STOPPING":
      return [step("STOPPED")];
    case "STOPPED":
    case "EXITED":
    case "BACKOFF":
    case "FATAL":
    case "UNKNOWN":
      return [];
  }
}

/** What lies between a state and the end of the way, on no other way than through these. */
const BETWEEN: Partial<Record<ProcessStateName, Partial<Record<ProcessStateName, readonly ProcessStateName[]>>>> = {
  STARTING: { EXITED: ["RUNNING"], STOPPED: ["STOPPING"], FATAL: ["BACKOFF"] },
  RUNNING: { STOPPED: ["STOPPING"] },
};

function ofOneRun(from: ProcessStateName, after: ProcessInfo): Step[] {
  if (from === after.state) return [];
  const between = BETWEEN[from]?.[after.state] ?? [];
  return [...between, after.state].map((toState, i) => ({
    toState,
    pid: after.pid,
    momentMs: i < between.length ? null : momentOf(after),
  }));
}

function momentOf(after: ProcessInfo): number | null {
  switch (after.state) {
    case "STOPPED":
    case "EXITED":
    case "BACKOFF":
      return after.stopMs;
    case "RUNNING":
    case "STARTING": // nothing leads there within one run
    case "STOPPING":
    case "FATAL":
    case "UNKNOWN":
      return null;
  }
}

/**
 * supervisord keeps "Bad exit code" as `spawnerr` where the exit was not expected, and nothing where it was.
 * @returns null for a process that has not EXITED
 */
export const expectedOf = ({ state, spawnerr }: ProcessInfo): boolean | null =>
  state === "EXITED" ? spawnerr === "" : null;
