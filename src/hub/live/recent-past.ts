import type { ProcessUid, SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { countsSince } from "../../views/process-words.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import type { EnteredState } from "../store/recent-states.ts";
import {
  type DayTrail,
  endsOf,
  enterKind,
  joinTrail,
  newTrail,
  type Past,
  pastOf,
  restartsOf,
  stepTrail,
  stripKindOf,
  type TrailStep,
} from "./day-trail.ts";
import { standing } from "./supervisor-standing.ts";

const DAY_MS = 86_400_000;
/** Of the history, in one go. */
const READ_MS = 3_600_000;

export type RecentPast = {
  readonly of: (process: FleetProcess) => Past;
  /** starts within the last hour */
  readonly restartsOf: (process: FleetProcess) => number;
  /** Those that ended unexpectedly within ten minutes. */
  readonly ended: () => readonly EndedLately[];
  /** Reads the last day from the history, an hour at a time; until then there is what the fleet tells. */
  readonly load: () => Promise<void>;
  readonly close: () => void;
};

/** `ends`: unexpected ones within ten minutes */
export type EndedLately = { readonly uid: ProcessUid; readonly ends: number };

const NOTHING: Past = { strip: "a48", restarts: 0, ends: 0 };

type Deps = {
  readonly fleet: FleetView;
  readonly states: (fromMs: number, toMs: number) => readonly EnteredState[];
  readonly pause: () => Promise<void>;
  readonly now: () => number;
};

/** The last day of every process in a few bytes each: read once from the history, and kept by what the fleet tells. */
export function createRecentPast({ fleet, states, pause, now }: Deps): RecentPast {
  let trails = new Map<ProcessUid, DayTrail>();
  /** those with an unexpected end lately: few, and asked for all the time */
  let ended = new Map<ProcessUid, DayTrail>();
  const standings = new Map<SupervisorName, string>();
  let closed = false;

  const shownKind = (process: FleetProcess, { link }: Supervisor) =>
    link.status === "live" ? stripKindOf(process.state, process.expected) : "n";
  const trailOf = (process: FleetProcess): DayTrail => {
    const known = trails.get(process.uid);
    if (known !== undefined) return known;
    const made = newTrail(now() - DAY_MS);
    trails.set(process.uid, made);
    const supervisor = fleet.supervisors().get(process.supervisor);
    if (supervisor !== undefined) {
      const sinceMs = countsSince({ process, supervisor }) ?? now();
      enterKind(made, Math.min(now(), Math.max(made.atMs, sinceMs)), shownKind(process, supervisor));
    }
    return made;
  };
  const offsetOf = (name: SupervisorName): number => fleet.supervisors().get(name)?.clockOffsetMs ?? 0;
  /** Told a moment after it happened, and somebody has looked in between: from now on it holds nevertheless. */
  const settleOne = (trail: DayTrail, process: FleetProcess, supervisor: Supervisor) => {
    const kind = shownKind(process, supervisor);
    if (trail.kind !== kind) enterKind(trail, now(), kind);
  };
  const settle = (supervisor: Supervisor) => {
    for (const process of supervisor.processes.values()) settleOne(trailOf(process), process, supervisor);
  };
  const note = (change: FleetChange) => {
    switch (change.kind) {
      case "transition": {
        const { toState, fromState, expected, atMs } = change.transition;
        const at = Math.min(now(), atMs - offsetOf(change.process.supervisor));
        const trail = trailOf(change.process);
        stepTrail(trail, { atMs: at, state: toState, from: fromState, expected });
        if (trail.ends.length > 0) ended.set(change.process.uid, trail);
        const supervisor = fleet.supervisors().get(change.process.supervisor);
        if (supervisor !== undefined) settleOne(trail, change.process, supervisor);
        return;
      }
      case "process_removed":
        trails.delete(change.uid);
        ended.delete(change.uid);
        return;
      case "supervisor": {
        const { supervisor } = change;
        const is = standing(supervisor);
        if (standings.get(supervisor.name) === is) return;
        standings.set(supervisor.name, is);
        settle(supervisor);
        return;
      }
      case "process":
      case "supervisor_removed":
      case "notification":
        return;
    }
  };
  const end = fleet.subscribe(note);

  /** @param steps of one process, oldest first */
  const rebuilt = (steps: readonly TrailStep[], fromMs: number): DayTrail => {
    const trail = newTrail(fromMs);
    const before = steps[0]?.from ?? null;
    if (before !== null) enterKind(trail, fromMs, stripKindOf(before, true));
    for (const step of steps) stepTrail(trail, step);
    return trail;
  };
  const read = async (fromMs: number, toMs: number): Promise<Map<ProcessUid, TrailStep[]>> => {
    const found = new Map<ProcessUid, TrailStep[]>();
    for (let atMs = fromMs; atMs < toMs && !closed; atMs += READ_MS) {
      for (const { uid, ...step } of states(atMs, Math.min(toMs, atMs + READ_MS))) {
        const known = found.get(uid);
        if (known === undefined) found.set(uid, [step]);
        else known.push(step);
      }
      await pause();
    }
    return found;
  };

  return {
    of(process) {
      // Of one that is gone nothing is begun.
      const trail = trails.get(process.uid) ?? (fleet.process(process.uid) === null ? null : trailOf(process));
      return trail === null ? NOTHING : pastOf(trail, now());
    },
    restartsOf(process) {
      const trail = trails.get(process.uid);
      return trail === undefined ? 0 : restartsOf(trail, now());
    },
    ended() {
      const lately: EndedLately[] = [];
      for (const [uid, trail] of ended) {
        const ends = endsOf(trail, now());
        if (ends > 0) lately.push({ uid, ends });
        else ended.delete(uid);
      }
      return lately;
    },
    async load() {
      const fromMs = now() - DAY_MS;
      const found = await read(fromMs, now() + READ_MS);
      const fresh = new Map<ProcessUid, DayTrail>();
      for (const [uid, steps] of found) {
        // Of a host that is not live yet too: its day is there when it comes.
        const process = fleet.process(uid);
        const offsetMs = process === null ? 0 : offsetOf(process.supervisor);
        fresh.set(
          uid,
          rebuilt(
            steps.map((step) => ({ ...step, atMs: step.atMs - offsetMs })),
            fromMs,
          ),
        );
      }
      // What came meanwhile is in the old ones alone.
      for (const [uid, trail] of fresh) {
        const old = trails.get(uid);
        if (old !== undefined) joinTrail(trail, old);
      }
      trails = new Map([...trails, ...fresh]);
      ended = new Map([...trails].filter(([, { ends }]) => ends.length > 0));
      for (const supervisor of fleet.supervisors().values()) settle(supervisor);
    },
    close() {
      closed = true;
      end();
    },
  };
}
