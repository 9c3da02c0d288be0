import type { Namespec } from "../../domain/names.ts";

/** When to look next. Times are milliseconds of a clock that is never put back. */
export type PollPace = {
  /** something changed, or will soon: the next look at all comes after the shortest wait */
  readonly hurry: (nowMs: number) => void;
  /** all are to be looked at now */
  readonly now: () => void;
  /** these were told to do something: they are looked at every few moments until they have settled */
  readonly follow: (names: readonly Namespec[], nowMs: number) => void;
  /** @param settled no longer to be followed */
  readonly settled: (names: readonly Namespec[]) => void;
  readonly followed: (nowMs: number) => readonly Namespec[];
  /** @param tookMs how long supervisord took to answer for all */
  readonly lookedAtAll: (nowMs: number, tookMs: number, busy: boolean) => void;
  readonly allDue: (nowMs: number) => boolean;
  /** until the next look of either kind */
  readonly waitMs: (nowMs: number) => number;
};

const SHORTEST_MS = 1_000;
const LONGEST_MS = 5_000;
/** supervisord does nothing else while it answers: it is not kept busy for more than this part of the time. */
const MOST_LOAD = 0.1;
const FOLLOW_EVERY_MS = 150;
/** A stop may take longer; then it is seen with all the others, a second later at most. */
const FOLLOW_FOR_MS = 15_000;

export function createPollPace(): PollPace {
  const untilMs = new Map<Namespec, number>();
  let allAtMs = 0;
  let intervalMs = SHORTEST_MS;

  return {
    hurry(nowMs) {
      intervalMs = SHORTEST_MS;
      allAtMs = Math.min(allAtMs, nowMs + SHORTEST_MS);
    },
    now() {
      allAtMs = 0;
    },
    follow(names, nowMs) {
      for (const name of names) untilMs.set(name, nowMs + FOLLOW_FOR_MS);
    },
    settled(names) {
      for (const name of names) untilMs.delete(name);
    },
    followed(nowMs) {
      for (const [name, end] of untilMs) if (end < nowMs) untilMs.delete(name);
      return [...untilMs.keys()];
    },
    lookedAtAll(nowMs, tookMs, busy) {
      const least = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, tookMs / MOST_LOAD));
      intervalMs = busy ? least : Math.max(least, Math.min(LONGEST_MS, intervalMs * 1.5));
      allAtMs = nowMs + intervalMs;
    },
    allDue: (nowMs) => nowMs >= allAtMs,
    waitMs: (nowMs) => Math.max(0, Math.min(allAtMs - nowMs, untilMs.size > 0 ? FOLLOW_EVERY_MS : LONGEST_MS)),
  };
}
