import { DAY_MS } from "../../lib/day.ts";
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
  /** The hub's clock may be years ahead: nothing is old that came shortly before the newest that any host has told. */
  function notAheadOfAll(nowMs: number): number {
    const told = [...writer.dictionary().supervisors.values()].flatMap(({ newestMs }) => newestMs ?? []);
    return told.length === 0 ? nowMs : Math.min(nowMs, told.reduce((a, b) => Math.max(a, b)) + DAY_MS);
  }

  /** @param nowMs hub's clock; @returns whether there is more to do */
  return (nowMs: number): boolean => loadAccounts() || forget.step(notAheadOfAll(nowMs), retention());
}
