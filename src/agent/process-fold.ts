import { applyTransition } from "../domain/apply-transition.ts";
import type { Transition } from "../domain/journal-entry.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import type { ProcessInfo } from "../domain/process.ts";

/**
 * True where the last transition tells how the process came to be as it is now: same state, and not another pid, which
 * would be a run that nobody saw begin.
 */
export const explains = (last: Transition | undefined, now: ProcessInfo): last is Transition =>
  last !== undefined && last.toState === now.state && (last.pid === null || now.pid === null || last.pid === now.pid);

/** What only the transition knows, added to what supervisord says. */
export function withHistory(now: ProcessInfo, last: Transition | undefined): ProcessInfo {
  if (!explains(last, now) || last.sampled) return now;
  return { ...now, sinceMs: last.atMs, tries: last.tries, expected: last.expected };
}

/**
 * The transitions that must have happened between what is known and what is: one for each process that is in another
 * state than the last known, or has another pid.
 * @param passOver processes of which an event told in the meantime
 */
export function sampledTransitions(
  processes: readonly ProcessInfo[],
  last: ReadonlyMap<Namespec, Transition>,
  passOver: ReadonlySet<Namespec>,
  atMs: number,
): Omit<Transition, "seq">[] {
  return processes
    .filter((now) => !explains(last.get(nameOf(now)), now) && !passOver.has(nameOf(now)))
    .map((now) => ({
      kind: "transition",
      atMs,
      group: now.group,
      name: now.name,
      fromState: last.get(nameOf(now))?.toState ?? null,
      toState: now.state,
      pid: now.pid,
      expected: null,
      tries: null,
      sampled: true,
    }));
}

/** @returns the process after the transitions that are its own */
export const foldOnto = (process: ProcessInfo, transitions: readonly Omit<Transition, "seq">[]): ProcessInfo =>
  transitions
    .filter((t) => t.group === process.group && t.name === process.name)
    .reduce((before, t) => applyTransition(before, { ...t, seq: 0 }), process);
