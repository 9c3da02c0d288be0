import { type Namespec, nameOf } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { Sampled } from "./sampled-entries.ts";

/**
 * Tells events that a snapshot holds already from those that follow it: they travel on different ways. Once an event of a
 * process was found to follow, all later ones do.
 */
export type Placing = {
  readonly onSnapshot: (processes: readonly ProcessInfo[]) => void;
  readonly isOld: (transition: Sampled, details: ProcessInfo | null) => boolean;
};

export function createPlacing(): Placing {
  const unplaced = new Map<Namespec, ProcessInfo>();
  return {
    onSnapshot(processes) {
      unplaced.clear();
      for (const info of processes) unplaced.set(nameOf(info), info);
    },
    isOld(transition, details) {
      const name = nameOf(transition);
      const snapshot = unplaced.get(name);
      if (snapshot === undefined) return false;
      if (precedes(transition, details, snapshot)) return true;
      unplaced.delete(name);
      return false;
    },
  };
}

/** `details` are of the time when the agent handled the event, to the second; within one second the states must fit. */
function precedes(transition: Sampled, details: ProcessInfo | null, snapshot: ProcessInfo): boolean {
  if (details !== null && details.nowMs !== snapshot.nowMs) return details.nowMs < snapshot.nowMs;
  const isSameRun = transition.pid === null || snapshot.pid === null || transition.pid === snapshot.pid;
  return transition.fromState !== snapshot.state || !isSameRun;
}
