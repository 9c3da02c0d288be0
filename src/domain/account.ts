import type { ProcessStateName } from "./states.ts";

/**
 * What a state means for uptime. `stopped` was meant to be so and is neither up nor down; `unknown` is nobody's word;
 * `absent` does not exist and is not counted at all.
 */
export type TimeKind = "up" | "down" | "stopped" | "unknown" | "absent";

/** Starting counts as down: not yet RUNNING. An end of which nobody knows whether it was expected does too. */
export function timeKindOf(state: ProcessStateName, expected: boolean | null): TimeKind {
  switch (state) {
    case "RUNNING":
      return "up";
    case "STOPPED":
    case "STOPPING":
      return "stopped";
    case "EXITED":
      return expected === true ? "stopped" : "down";
    case "STARTING":
    case "BACKOFF":
    case "FATAL":
      return "down";
    case "UNKNOWN":
      return "unknown";
  }
}

/** Times in which a process was down for less are not counted as outages. */
export const SHORTEST_OUTAGE_MS = 60_000;

/** What happens to a process, as its account sees it. */
export type AccountEvent = {
  /** epoch milliseconds, the host's clock */
  readonly atMs: number;
  readonly kind: TimeKind;
  readonly isRestart: boolean;
  readonly isCrash: boolean;
};

/** A time of which nothing is known: `[fromMs, toMs)`. */
export type Unknown = { readonly fromMs: number; readonly toMs: number };

/** Milliseconds in each kind of state up to `atMs`; unknown is what is left of the time. It changes in place. */
export type Account = {
  atMs: number;
  kind: TimeKind;
  up: number;
  down: number;
  stopped: number;
  absent: number;
  restarts: number;
  crashes: number;
  lastCrashMs: number | null;
  /** beginning of the time it is down; null: it is not */
  downSinceMs: number | null;
};

export type OnOutage = (fromMs: number, toMs: number) => void;

export const newAccount = (atMs: number): Account => ({
  atMs,
  kind: "unknown",
  up: 0,
  down: 0,
  stopped: 0,
  absent: 0,
  restarts: 0,
  crashes: 0,
  lastCrashMs: null,
  downSinceMs: null,
});

/** Field by field: it is done for a hundred thousand at once. */
export function copyAccount(from: Readonly<Account>, into: Account): Account {
  into.atMs = from.atMs;
  into.kind = from.kind;
  into.up = from.up;
  into.down = from.down;
  into.stopped = from.stopped;
  into.absent = from.absent;
  into.restarts = from.restarts;
  into.crashes = from.crashes;
  into.lastCrashMs = from.lastCrashMs;
  into.downSinceMs = from.downSinceMs;
  return into;
}

/** Time goes by in the state it is in. */
export function passTime(account: Account, toMs: number): void {
  const ms = toMs - account.atMs;
  if (ms <= 0) return;
  if (account.kind !== "unknown") account[account.kind] += ms;
  if (account.kind === "down") account.downSinceMs ??= account.atMs;
  account.atMs = toMs;
}

/** Time goes by of which nothing is known. */
export function passUnknown(account: Account, toMs: number, onOutage: OnOutage): void {
  const ms = toMs - account.atMs;
  if (ms <= 0) return;
  endOutage(account, onOutage);
  if (account.kind === "absent") account.absent += ms;
  account.atMs = toMs;
}

/** Time goes by up to a moment, with what is not known of it. @param unknowns neither overlapping nor touching, in order */
export function passTo(account: Account, toMs: number, unknowns: readonly Unknown[], onOutage: OnOutage): void {
  for (const gap of unknowns) {
    if (gap.toMs <= account.atMs) continue;
    if (gap.fromMs >= toMs) break;
    passTime(account, gap.fromMs);
    passUnknown(account, Math.min(gap.toMs, toMs), onOutage);
  }
  passTime(account, toMs);
}

/** @param event at `account.atMs`; time has to have passed up to it */
export function enterKind(account: Account, event: AccountEvent, onOutage: OnOutage): void {
  if (event.kind !== "down") endOutage(account, onOutage);
  account.kind = event.kind;
  if (event.isRestart) account.restarts++;
  if (!event.isCrash) return;
  account.crashes++;
  account.lastCrashMs = event.atMs;
}

function endOutage(account: Account, onOutage: OnOutage): void {
  if (account.downSinceMs !== null && account.atMs - account.downSinceMs >= SHORTEST_OUTAGE_MS)
    onOutage(account.downSinceMs, account.atMs);
  account.downSinceMs = null;
}
