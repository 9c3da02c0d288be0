import type { HistoryDatabase } from "./open-database.ts";
import { createRetention, type Retention } from "./retention.ts";
import type { BatchWriter } from "./write-batch.ts";

/** Processes whose accounts are brought into memory in one step. */
const LOADED_AT_ONCE = 100;

/** What the database needs done, in small steps: accounts come into memory, what is too old goes. */
export function createUpkeep(db: HistoryDatabase, writer: BatchWriter, retention: () => Retention) {
  const forget = createRetention(db, writer);
  let waiting: number[] | null = null;

  function loadSome(): boolean {
    waiting ??= [...writer.dictionary().supervisors.values()].flatMap(({ processes }) =>
      [...processes].filter(([name]) => !name.endsWith(":")).map(([, id]) => id),
    );
    const some = waiting.splice(0, LOADED_AT_ONCE);
    if (some.length === 0) return false;
    writer.inTransaction(() => {
      for (const process of some) writer.accounts.load(process);
    });
    return true;
  }

  /** @param nowMs hub's clock; @returns whether there is more to do */
  return (nowMs: number): boolean => loadSome() || forget.step(nowMs, retention());
}
