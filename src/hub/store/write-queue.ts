import type { SupervisorName } from "../../domain/names.ts";
import type { Cursor } from "../../protocol/agent.ts";
import type { Pending } from "./pending.ts";

export type WriteQueue = ReturnType<typeof createWriteQueue>;

/**
 * What waits to be written, at most `limit` journal entries. Above that all of them are dropped: the agents still have
 * them, and from then on nothing of those supervisors is taken until they are read again from where the table ends.
 */
export function createWriteQueue(limit: number) {
  let waiting: Pending[] = [];
  const taken = new Map<SupervisorName, Cursor>();
  const dropped = new Set<SupervisorName>();

  return {
    size: () => waiting.length,
    /** @returns false where it was not taken, because something before it was dropped */
    push(pending: Pending): boolean {
      if (pending.kind === "entry") {
        const { supervisor, epoch, entry } = pending;
        if (dropped.has(supervisor)) return false;
        const last = taken.get(supervisor);
        if (last?.epoch === epoch && entry.seq <= last.seq) return true;
        taken.set(supervisor, { epoch, seq: entry.seq });
      }
      waiting.push(pending);
      return true;
    },
    isFull: () => waiting.length >= limit,
    first: (count: number): readonly Pending[] => waiting.slice(0, count),
    written(count: number): void {
      waiting = waiting.slice(count);
    },
    /**
     * Journals can be read again; what the hub itself found cannot, so it stays.
     * @param lost supervisors of which more than what waits was lost
     */
    dropEntries(lost: Iterable<SupervisorName> = []): void {
      for (const supervisor of lost) dropped.add(supervisor);
      for (const pending of waiting) if (pending.kind === "entry") dropped.add(pending.supervisor);
      waiting = waiting.filter(({ kind }) => kind !== "entry").slice(-limit / 2);
      taken.clear();
    },
    takenOf: (): Iterable<SupervisorName> => [...taken.keys()],
    /** The last entry taken; null: none since the beginning, or they were dropped. */
    taken: (supervisor: SupervisorName): Cursor | null => taken.get(supervisor) ?? null,
    /** A reader begins anew where the table ends: from now on its entries are taken again. */
    takeAgain: (supervisor: SupervisorName): void => {
      dropped.delete(supervisor);
    },
  };
}
