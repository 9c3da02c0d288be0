import type { TimeKind } from "./account.ts";
import type { ProcessStateName } from "./states.ts";

/**
 * What became of a stretch of time. The four parts are milliseconds and together the whole of it, but for the time in
 * which the process did not exist; of several processes, their sums.
 */
export type Figures = {
  readonly upMs: number;
  readonly downMs: number;
  /** as somebody wanted it, or ended as expected: neither up nor down */
  readonly stoppedMs: number;
  readonly unknownMs: number;
  /** starts, but for the further tries of one start */
  readonly restarts: number;
  /** ends that were not expected, and starts given up (FATAL) */
  readonly crashes: number;
  /** the longest time in which one process was down, of those that took a minute at least; 0: none did */
  readonly longestOutageMs: number;
  /** epoch milliseconds, the host's clock; null: none in this time */
  readonly lastCrashMs: number | null;
};

export const NO_FIGURES: Figures = {
  upMs: 0,
  downMs: 0,
  stoppedMs: 0,
  unknownMs: 0,
  restarts: 0,
  crashes: 0,
  longestOutageMs: 0,
  lastCrashMs: null,
};

export const addFigures = (a: Figures, b: Figures): Figures => ({
  upMs: a.upMs + b.upMs,
  downMs: a.downMs + b.downMs,
  stoppedMs: a.stoppedMs + b.stoppedMs,
  unknownMs: a.unknownMs + b.unknownMs,
  restarts: a.restarts + b.restarts,
  crashes: a.crashes + b.crashes,
  longestOutageMs: Math.max(a.longestOutageMs, b.longestOutageMs),
  lastCrashMs: b.lastCrashMs === null || (a.lastCrashMs ?? 0) > b.lastCrashMs ? a.lastCrashMs : b.lastCrashMs,
});

export const totalMs = ({ upMs, downMs, stoppedMs, unknownMs }: Figures): number =>
  upMs + downMs + stoppedMs + unknownMs;

/** Parts of a whole, 0 to 100; null where there is nothing to be a part of. */
export type Percentages = {
  readonly up: number;
  readonly down: number;
  readonly stopped: number;
  readonly unknown: number;
};

export function percentagesOf(figures: Figures): Percentages | null {
  const total = totalMs(figures);
  if (total === 0) return null;
  const part = (ms: number) => (100 * ms) / total;
  return {
    up: part(figures.upMs),
    down: part(figures.downMs),
    stopped: part(figures.stoppedMs),
    unknown: part(figures.unknownMs),
  };
}

/** Of the time that it was meant to be up and is known: how much it was, 0 to 100; null: none. */
export const availabilityOf = ({ upMs, downMs }: Figures): number | null =>
  upMs + downMs === 0 ? null : (100 * upMs) / (upMs + downMs);

/** Milliseconds; null: there was no failure. */
export const meanTimeBetweenFailuresMs = ({ upMs, crashes }: Figures): number | null =>
  crashes === 0 ? null : upMs / crashes;

/** A stretch of time in one state, or several too short to be told apart. Epoch milliseconds, the host's clock. */
export type TimelineInterval = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: TimeKind;
  /** null: not known */
  readonly state: ProcessStateName | null;
  /** how many were joined; then kind and state are those of the worst of them */
  readonly joined: number;
};

/** How much happened in a stretch of time, epoch milliseconds of the hosts' clocks. */
export type HistoryBucket = {
  readonly fromMs: number;
  readonly toMs: number;
  /** null: more than is counted for a picture */
  readonly count: number | null;
  /** of these */
  readonly crashes: number;
};
