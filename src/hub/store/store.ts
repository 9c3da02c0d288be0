import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Cursor } from "../../protocol/agent.ts";

/** What the links need of the history. */
export type HistoryWriter = {
  /**
   * Takes entries of one journal, in order. They are written soon, together with the cursor, in one transaction; what the
   * cursor already covers is passed over, so the same entries may come again.
   */
  readonly append: (supervisor: SupervisorName, epoch: string, entries: readonly JournalEntry[]) => void;
  /** The last entry taken of this supervisor's latest journal, written or about to be; null: none ever. */
  readonly cursor: (supervisor: SupervisorName) => Cursor | null;
};
