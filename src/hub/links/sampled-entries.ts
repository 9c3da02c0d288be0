import type { Transition, Unnumbered } from "../../domain/journal-entry.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { expectedOf, isNewRun, type Step, stepsBetween } from "./steps-between.ts";

export type Sampled = Unnumbered<Transition>;

const RESOLUTION_MS = 999; // supervisord cuts its times to whole seconds

/**
 * What a process went through between two looks at it.
 * @param fromMs when it was looked at before; @param atMs now; both on the host's clock
 */
export function sampledEntries(before: ProcessInfo, after: ProcessInfo, fromMs: number, atMs: number): Sampled[] {
  const steps = stepsBetween(before, after);
  let state = before.state;
  let earliest = Math.max(fromMs, before.sinceMs ?? fromMs);
  return steps.map((step, i) => {
    earliest = timeOf(step, i, steps, earliest, atMs);
    const fromState = state;
    state = step.toState;
    const isLast = i === steps.length - 1;
    return entry(
      after,
      { fromState, toState: state, atMs: earliest, pid: step.pid },
      isLast ? expectedOf(after) : null,
    );
  });
}

/** At the latest: the end of the second that supervisord names, not before what went before, not after now. */
function timeOf(step: Step, i: number, steps: readonly Step[], earliest: number, atMs: number): number {
  const told = step.momentMs ?? steps.slice(i + 1).find(({ momentMs }) => momentMs !== null)?.momentMs;
  return told == null ? atMs : Math.min(atMs, Math.max(earliest, told + RESOLUTION_MS));
}

/**
 * What is found after a time in which nobody looked: one entry, for what lies between is not known.
 * @param before null where it was never seen
 * @returns null where it is as it was
 */
export function foundEntry(before: ProcessInfo | null, after: ProcessInfo, atMs: number): Sampled | null {
  if (before !== null && before.state === after.state && !isNewRun(before, after)) return null;
  const step = { fromState: before?.state ?? null, toState: after.state, atMs, pid: after.pid };
  return entry(after, step, expectedOf(after));
}

const entry = (
  { group, name }: ProcessInfo,
  step: Pick<Transition, "fromState" | "toState" | "atMs" | "pid">,
  expected: boolean | null,
): Sampled => ({ kind: "transition", group, name, ...step, expected, tries: null, sampled: true });
