import { accountsLoader } from "./accounts-loader.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { createRetention, type Retention } from "./retention.ts";
import type { BatchWriter } from "./write-batch.ts";

/** What the database needs done, in small steps: accounts come into memory, what is too old goes. */
export function createUpkeep(
  db: HistoryDatabase,
  writer: BatchWriter,
  retention: () => Retention,
  loadAccounts = accountsLoader(writer),
) {
  const forget = createRetention(db, writer);
  /** @param nowMs hub's clock; @returns whether there is more to do */
  return (nowMs: number): boolean => loadAccounts() || forget.step(nowMs, retention());
}
