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

/** Each host is not heard of for five minutes every 25 days. */
const GAP_EVERY_MS = 25 * 86_400_000;
const GAP_MS = 300_000;
/** Transitions of an episode, on average. */
const MOVES = 3.7;
/** Longer than anything takes that begins. */
const LONGEST_MS = 7_300_000;
/** Moves that wait for their time are put in order when there are so many. */
const SORTED_AT_ONCE = 8_192;

/**
 * So many transitions of a fleet, spread over the time, in order of it: restarts, crashes, now and then a process that fails
 * for two hours; and the gaps of the hosts.
 */
export function* fleetHistory(count: number, size: FleetSize): Generator<Written> {
  let written = 0;
  for (const one of allOf(size, size.endMs - size.startMs, count, Number.POSITIVE_INFINITY)) {
    if (written >= count) return;
    if (one.entry.kind === "transition") written++;
    yield one;
  }
}

/** The same, of a few in ten thousand more or less, but whatever begins comes to its end: every process is RUNNING when the time is over. */
export const settledHistory = (count: number, size: FleetSize): Generator<Written> =>
  allOf(size, size.endMs - LONGEST_MS - size.startMs, count, size.endMs - LONGEST_MS);

/** @param count of transitions in so many milliseconds */
function* allOf(size: FleetSize, ms: number, count: number, endMs: number): Generator<Written> {
  const next = random(7);
  const write = writerOf(size, next);
  for (const one of inOrder(episodes({ ...size, endMs }, (ms / count) * MOVES, next))) yield write(one);
}

type Episode = { readonly atMs: number; readonly moves: readonly Waiting[] };

/** None of a process begins before its last one has ended, and none after the end. */
function* episodes({ supervisors, processes, startMs, endMs }: FleetSize, stepMs: number, next: () => number) {
  const busyUntilMs = new Float64Array(supervisors * processes);
  let gaps = 1;
  // Counted from the beginning, so that it is the same whenever that is.
  for (let passedMs = 0; startMs + passedMs < endMs; passedMs += stepMs) {
    const [dice, host, process] = [next(), Math.floor(next() * supervisors), Math.floor(next() * processes)];
    const key = host * processes + process;
    const atMs = startMs + Math.floor(passedMs);
    if ((busyUntilMs[key] ?? 0) >= atMs) continue;
    const moves = movesOf(dice, atMs, host, process);
    busyUntilMs[key] = moves.at(-1)?.atMs ?? atMs;
    for (; (gaps * GAP_EVERY_MS) / supervisors < passedMs; gaps++)
      moves.push({ atMs, host: gaps % supervisors, process: 0, move: null });
    yield { atMs, moves };
  }
}

function movesOf(dice: number, beginMs: number, host: number, process: number): Waiting[] {
  let atMs = beginMs;
  return (dice < 0.55 ? RESTART : dice < 0.97 ? CRASH : FAILURE).map((move) => {
    atMs += move[0];
    return { atMs, host, process, move };
  });
}

function* inOrder(from: Iterable<Episode>): Generator<Waiting> {
  let waiting: Waiting[] = [];
  let most = SORTED_AT_ONCE;
  for (const { atMs: nowMs, moves } of from) {
    for (const move of moves) waiting.push(move);
    if (waiting.length < most) continue;
    waiting.sort(byTime);
    const due = waiting.findIndex((one) => one.atMs > nowMs);
    const now = due < 0 ? waiting : waiting.slice(0, due);
    waiting = due < 0 ? [] : waiting.slice(due);
    // Those that are not due yet are not sorted again for every few that come.
    most = Math.max(SORTED_AT_ONCE, 2 * waiting.length);
    yield* now;
  }
  yield* waiting.sort(byTime);
}

const byTime = (a: Waiting, b: Waiting): number => a.atMs - b.atMs;

/** @property move null: a gap ends */
type Waiting = { readonly atMs: number; readonly host: number; readonly process: number; readonly move: Move | null };

function writerOf({ supervisors, processes }: FleetSize, next: () => number): (one: Waiting) => Written {
  const seqs = new Int32Array(supervisors);
  const lastMs = new Float64Array(supervisors);
  const states = new Map<number, ProcessStateName>();
  return ({ atMs, host, process, move }) => {
    const seq = (seqs[host] ?? 0) + 1;
    seqs[host] = seq;
    const fromMs = Math.max(atMs - GAP_MS, lastMs[host] ?? 0);
    lastMs[host] = atMs;
    const supervisor = `host${host}`;
    if (move === null)
      return { supervisor, entry: { kind: "gap", seq, fromMs, atMs, reason: "agent_not_running", lost: null } };
    const [, toState, expected] = move;
    const key = host * processes + process;
    const fromState = states.get(key) ?? "RUNNING";
    states.set(key, toState);
    const pid = toState === "STARTING" ? null : 1_000 + Math.floor(next() * 4_000_000);
    const names = { group: `group${process % 10}`, name: `process${process}` };
    const tries = toState === "BACKOFF" ? 1 : null;
    return {
      supervisor,
      entry: {
        kind: "transition",
        seq,
        atMs,
        ...names,
        fromState,
        toState,
        pid,
        expected,
        tries,
        sampled: false,
      },
    };
  };
}
