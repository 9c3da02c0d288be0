import { type Account, copyAccount, newAccount, passTo, SHORTEST_OUTAGE_MS } from "../../domain/account.ts";
import type { Figures } from "../../domain/figures.ts";

/** A stretch of time, epoch milliseconds; to is not included. */
export type Window = { readonly fromMs: number; readonly toMs: number };

const nothing = () => {};
const NOTHING: readonly never[] = [];

const NOT_HEARD_OF: Readonly<Account> = newAccount(0);

/** The same account, later, with nothing known in between. @param later becomes it */
export function accountLater(account: Readonly<Account>, toMs: number, later = newAccount(0)): Account {
  passTo(copyAccount(account, later), toMs, NOTHING, nothing);
  return later;
}

/**
 * What became of a window, from the accounts at both ends.
 * @param asked what the figures are of; @param known the part of it of which the accounts are
 * @param begin, end null where the process was not heard of by then
 */
export function figuresBetween(
  asked: Window,
  begin: Account | null,
  end: Account | null,
  longestOutageMs: number,
): Figures {
  const [first, last] = [begin ?? NOT_HEARD_OF, end ?? NOT_HEARD_OF];
  const upMs = last.up - first.up;
  const downMs = last.down - first.down;
  const stoppedMs = last.stopped - first.stopped;
  const absentMs = last.absent - first.absent;
  const crashes = last.crashes - first.crashes;
  return {
    upMs,
    downMs,
    stoppedMs,
    unknownMs: Math.max(0, asked.toMs - asked.fromMs) - upMs - downMs - stoppedMs - absentMs,
    restarts: last.restarts - first.restarts,
    crashes,
    longestOutageMs,
    lastCrashMs: crashes > 0 ? last.lastCrashMs : null,
  };
}

/** Of an outage that goes on: how much of it is in the window, where it is long enough to be one. */
export function openOutageMs(latest: Account | null, known: Window): number {
  if (latest === null || latest.downSinceMs === null) return 0;
  if (latest.atMs - latest.downSinceMs < SHORTEST_OUTAGE_MS) return 0;
  return Math.max(0, known.toMs - Math.max(latest.downSinceMs, known.fromMs));
}
