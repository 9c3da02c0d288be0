import type { JournalEntry } from "../../src/domain/journal-entry.ts";
import type { ProcessStateName } from "../../src/domain/states.ts";

export type FleetSize = {
  readonly supervisors: number;
  readonly processes: number;
  readonly startMs: number;
  readonly endMs: number;
};

type Move = readonly [afterMs: number, state: ProcessStateName, expected: boolean | null];

const RESTART: readonly Move[] = [
  [0, "STOPPING", null],
  [400, "STOPPED", null],
  [20, "STARTING", null],
  [1_200, "RUNNING", null],
];
const CRASH: readonly Move[] = [
  [0, "EXITED", false],
  [900, "STARTING", null],
  [1_100, "RUNNING", null],
];
const FAILURE: readonly Move[] = [
  [0, "EXITED", false],
  [900, "STARTING", null],
  [200, "BACKOFF", null],
  [1_100, "STARTING", null],
  [200, "BACKOFF", null],
  [900, "FATAL", null],
  [7_200_000, "STARTING", null],
  [1_100, "RUNNING", null],
];

/** Numbers that are the same in every run. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export type Written = { readonly supervisor: string; readonly entry: JournalEntry };

/**
 * So many transitions of a fleet, spread over the time: restarts, crashes, now and then a process that fails for two
 * hours, and a gap of each host every month. Nearly in order, as they come from many hosts.
 */
export function* fleetHistory(
  count: number,
  { supervisors, processes, startMs, endMs }: FleetSize,
): Generator<Written> {
  const next = random(7);
  const seqs = new Int32Array(supervisors);
  const states = new Map<number, ProcessStateName>();
  const episodes = count / 3.75;
  const stepMs = (endMs - startMs) / episodes;
  const waiting: { atMs: number; make: () => Written }[] = [];
  let written = 0;
  const transition =
    (host: number, process: number, [, toState, expected]: Move, atMs: number) =>
    (): Written => {
      const key = host * processes + process;
      const fromState = states.get(key) ?? "RUNNING";
      states.set(key, toState);
      seqs[host] = (seqs[host] ?? 0) + 1;
      const pid = toState === "STARTING" ? null : 1_000 + Math.floor(next() * 4_000_000);
      const names = { group: `group${process % 10}`, name: `process${process}` };
      return {
        supervisor: `host${host}`,
        entry: {
          ...{ kind: "transition", seq: seqs[host] ?? 0, atMs, ...names },
          ...{ fromState, toState, pid, expected, tries: toState === "BACKOFF" ? 1 : null, sampled: false },
        },
      };
    };
  for (let nowMs = startMs; written < count; nowMs += stepMs) {
    const dice = next();
    const host = Math.floor(next() * supervisors);
    const process = Math.floor(next() * processes);
    let atMs = Math.floor(nowMs);
    for (const move of dice < 0.55 ? RESTART : dice < 0.97 ? CRASH : FAILURE) {
      atMs += move[0];
      waiting.push({ atMs, make: transition(host, process, move, atMs) });
    }
    if (waiting.length < 4_096) continue;
    waiting.sort((a, b) => a.atMs - b.atMs);
    while (waiting.length > 2_048) {
      const one = waiting.shift();
      if (one === undefined || written >= count) break;
      written++;
      yield one.make();
    }
  }
}
