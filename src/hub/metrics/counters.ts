import type { Transition } from "../../domain/journal-entry.ts";
import { type ProcessUid, parseUid, type SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { FleetView } from "../fleet-view.ts";
import { createHistogram, type Histogram } from "./histogram.ts";

/** Of one process since the hub was started. */
export type ProcessCounts = {
  starts: number;
  /** exit codes among `exitcodes` */
  expected: number;
  unexpected: number;
  /** ended before its `startsecs` */
  tooEarly: number;
};

export type Counters = {
  readonly of: (uid: ProcessUid) => ProcessCounts | undefined;
  readonly linkDowns: (supervisor: SupervisorName) => number;
  readonly changes: () => number;
  /** from what happened on a host to the hub's knowing of it, as well as clocks can tell */
  readonly lag: Histogram;
  readonly close: () => void;
};

const LAG_BOUNDS_S = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts what happens in the fleet; what leaves the fleet is forgotten. @param now epoch ms, hub's clock */
export function createCounters(fleet: FleetView, now: () => number): Counters {
  const processes = new Map<ProcessUid, ProcessCounts>();
  const downs = new Map<SupervisorName, { count: number; isDown: boolean }>();
  const lag = createHistogram(LAG_BOUNDS_S);
  let changes = 0;
  const countsOf = (uid: ProcessUid): ProcessCounts => {
    const known = processes.get(uid) ?? { starts: 0, expected: 0, unexpected: 0, tooEarly: 0 };
    processes.set(uid, known);
    return known;
  };

  function countTransition({ uid, supervisor }: FleetProcess, { toState, expected, sampled, atMs }: Transition): void {
    const counts = countsOf(uid);
    if (toState === "STARTING") counts.starts++;
    if (toState === "BACKOFF") counts.tooEarly++;
    if (toState === "EXITED" && expected === true) counts.expected++;
    if (toState === "EXITED" && expected === false) counts.unexpected++;
    const offsetMs = fleet.supervisors().get(supervisor)?.clockOffsetMs ?? null;
    if (!sampled && offsetMs !== null) lag.observe(Math.max(0, now() - (atMs - offsetMs)) / 1_000);
  }
  function countLink({ name, link }: Supervisor): void {
    const before = downs.get(name) ?? { count: 0, isDown: false };
    const isDown = link.status === "down";
    downs.set(name, { count: before.count + (isDown && !before.isDown ? 1 : 0), isDown });
  }
  function forget(name: SupervisorName): void {
    downs.delete(name);
    for (const uid of processes.keys()) if (parseUid(uid)?.supervisor === name) processes.delete(uid);
  }

  const close = fleet.subscribe((change) => {
    changes++;
    switch (change.kind) {
      case "transition":
        return countTransition(change.process, change.transition);
      case "supervisor":
        return countLink(change.supervisor);
      case "process_removed":
        return void processes.delete(change.uid);
      case "supervisor_removed":
        return forget(change.name);
      case "process":
      case "notification":
        return;
    }
  });

  return {
    of: (uid) => processes.get(uid),
    linkDowns: (supervisor) => downs.get(supervisor)?.count ?? 0,
    changes: () => changes,
    lag,
    close,
  };
}
