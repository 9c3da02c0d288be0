import { messageOf } from "../domain/errors.ts";
import type { JournalEntry, Unnumbered } from "../domain/journal-entry.ts";
import type { Namespec } from "../domain/names.ts";
import type { Logger } from "../lib/logger.ts";
import type { Journal, LastSign } from "./journal.ts";

export type Recorder = {
  /** The sign of life as the agent knows it, written or not. */
  readonly sign: () => LastSign;
  /** @returns what was written, with places; null where writing failed: it is told once, and a gap follows later */
  readonly record: (entries: readonly Unnumbered[], sign?: LastSign) => readonly JournalEntry[] | null;
  /** Processes that are no more; where that cannot be written now, a later snapshot does it. */
  readonly forget: (names: readonly Namespec[]) => void;
};

/**
 * Writes into the journal, whatever happens to the disk: supervisord is answered in any case, and what could not be
 * written becomes an explicit gap as soon as writing works again.
 */
export function createRecorder(deps: {
  readonly journal: Journal;
  readonly now: () => number;
  readonly log: Logger;
}): Recorder {
  const { journal, now, log } = deps;
  let sign = journal.lastSign();
  let broken: { readonly fromMs: number; lost: number } | null = null;

  const fail = (error: unknown, entries: readonly Unnumbered[]) => {
    if (entries.length === 0) return; // a sign of life: the next one will do
    if (broken === null) log.error(`Cannot write the journal: ${messageOf(error)}; a gap will say what is missing`);
    broken ??= { fromMs: journal.lastSign().aliveMs ?? now(), lost: 0 };
    broken.lost += entries.filter((entry) => entry.kind === "transition").length;
  };

  return {
    sign: () => sign,
    record(entries, next = sign) {
      sign = next;
      if (broken !== null && entries.length === 0) return []; // the gap comes with the next entry
      const gap: Unnumbered[] =
        broken === null
          ? []
          : [{ kind: "gap", fromMs: broken.fromMs, atMs: now(), reason: "events_lost", lost: broken.lost }];
      try {
        const written = journal.append([...gap, ...entries], sign);
        if (broken !== null) log.info("The journal can be written again");
        broken = null;
        return written;
      } catch (error) {
        fail(error, entries);
        return null;
      }
    },
    forget(names) {
      try {
        if (names.length > 0) journal.forget(names);
      } catch (error) {
        log.debug(messageOf(error));
      }
    },
  };
}
