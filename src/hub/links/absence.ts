import type { GapReason } from "../../domain/journal-entry.ts";
import type { LinkJournal } from "./link-journal.ts";

/** So often the history is told that nothing happened: after a crash of the hub it knows until when all was seen. */
const SIGN_OF_LIFE_MS = 5 * 60_000;

/**
 * Keeps account of when a supervisord was seen, and writes a gap over each time when it was not. Times are the host's clock.
 * @param lastKnownMs asked at the first contact: the last moment that the history knows of; null: none
 */
export function createAbsence(journal: LinkJournal, lastKnownMs: () => number | null) {
  let lastMs: number | null = null;
  let signMs = 0;
  let away: { readonly fromMs: () => number | null; readonly reason: GapReason } | null = {
    fromMs: lastKnownMs,
    reason: "not_watched",
  };
  const sign = (atMs: number) => {
    journal.append([{ kind: "supervisor", atMs, state: "RUNNING" }]);
    signMs = atMs;
  };
  return {
    isAway: () => away !== null,
    /** the last moment at which it was seen; null: never */
    lastMs: () => lastMs,
    seen(atMs: number) {
      lastMs = atMs;
      if (atMs - signMs >= SIGN_OF_LIFE_MS) sign(atMs);
    },
    begin(reason: GapReason) {
      if (away !== null) return;
      const fromMs = lastMs;
      away = { fromMs: () => fromMs, reason };
      if (lastMs !== null && lastMs > signMs) sign(lastMs);
    },
    /** @param reason where more is known by now than when it began */
    end(atMs: number, reason: GapReason | null) {
      const fromMs = away?.fromMs() ?? null;
      if (away !== null && fromMs !== null)
        journal.append([
          { kind: "gap", fromMs: Math.min(fromMs, atMs), atMs, reason: reason ?? away.reason, lost: null },
        ]);
      away = null;
      lastMs = atMs;
      signMs = atMs;
    },
  };
}
