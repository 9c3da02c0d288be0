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
  /** of these, so many are in a transaction that has not ended */
  let begun = 0;
  const taken = new Map<SupervisorName, { epoch: string; seq: number }>();
  const dropped = new Set<SupervisorName>();

  return {
    size: () => waiting.length,
    /** @returns false where it was not taken, because something before it was dropped */
    push(pending: Pending): boolean {
      if (pending.kind === "entry") {
        const { supervisor, epoch, entry } = pending;
        if (dropped.has(supervisor)) return false;
        const last = taken.get(supervisor);
        if (last?.epoch !== epoch) taken.set(supervisor, { epoch, seq: entry.seq });
        else if (entry.seq <= last.seq) return true;
        else last.seq = entry.seq;
      }
      waiting.push(pending);
      return true;
    },
    isFull: () => waiting.length >= limit,
    /** What is to be written next; it stays until `committed`. */
    next(count: number): readonly Pending[] {
      const some = waiting.slice(begun, begun + count);
      begun += some.length;
      return some;
    },
    begun: () => begun,
    committed(): void {
      waiting = waiting.slice(begun);
      begun = 0;
    },
    /** Nothing of what was begun was written. */
    rolledBack(): void {
      begun = 0;
    },
    /**
     * Journals can be read again; what the hub itself found cannot, so it stays.
     * @param lost supervisors of which more than what waits was lost
     */
    dropEntries(lost: Iterable<SupervisorName> = []): void {
      for (const supervisor of lost) dropped.add(supervisor);
      for (const pending of waiting) if (pending.kind === "entry") dropped.add(pending.supervisor);
      waiting = waiting.filter(({ kind }) => kind !== "entry").slice(-limit / 2);
      begun = 0;
      taken.clear();
    },
    takenOf: (): Iterable<SupervisorName> => [...taken.keys()],
    /** The last entry taken; null: none since the beginning, or they were dropped. */
    taken(supervisor: SupervisorName): Cursor | null {
      const last = taken.get(supervisor);
      return last === undefined ? null : { ...last };
    },
    /** A reader begins anew where the table ends: from now on its entries are taken again. */
    takeAgain: (supervisor: SupervisorName): void => {
      dropped.delete(supervisor);
    },
  };
}
