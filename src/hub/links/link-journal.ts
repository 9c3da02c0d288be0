import type { JournalEntry, Unnumbered } from "../../domain/journal-entry.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { HistoryWriter } from "../store/store.ts";

/** The journal of a link that writes down itself what it sees, where no agent of ours does. */
export type LinkJournal = {
  /** @returns the entries with their places */
  readonly append: (entries: readonly Unnumbered[]) => JournalEntry[];
};

/** Each run of a link is an epoch of its own: what the one before it had seen last is in the history alone. */
export function createLinkJournal(name: SupervisorName, history: HistoryWriter): LinkJournal {
  const epoch = crypto.randomUUID();
  let seq = 0;
  return {
    append(unnumbered) {
      const entries = unnumbered.map((entry) => ({ ...entry, seq: ++seq }) as JournalEntry);
      if (entries.length > 0) history.append(name, epoch, entries);
      return entries;
    },
  };
}
