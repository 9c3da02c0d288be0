import type { GapReason } from "../../domain/journal-entry.ts";

/**
 * What lies between the last entry that the history holds of a supervisor and the one that comes. Places in a journal
 * have no holes, so one that is left out was forgotten before the hub came for it; a journal that is new to the hub may
 * have begun long after the last one ended.
 * @param lastSeq of this journal; 0: it is new to the hub
 * @param hadAnother the hub has read another journal of this supervisor before
 * @returns null where nothing is missing
 */
export function missingBefore(seq: number, lastSeq: number, hadAnother: boolean): GapReason | null {
  if (lastSeq === 0) return hadAnother ? "journal_replaced" : null;
  return seq > lastSeq + 1 ? "journal_expired" : null;
}
