import { createSentActions } from "../../src/hub/history/sent-actions.ts";
import { openDatabase } from "../../src/hub/store/open-database.ts";
import type { Pending } from "../../src/hub/store/pending.ts";
import { type BatchWriter, createBatchWriter } from "../../src/hub/store/write-batch.ts";
import type { Written } from "./fleet-history.ts";
import { keepGrowth, type Marks, marksOf } from "./period-growth.ts";
import { takeOrder } from "./process-tables.ts";
import { renumbered } from "./renumbered.ts";
import { repeatRows } from "./repeat-rows.ts";

const BATCH_ROWS = 10_000;
const COMMIT_BATCHES = 50;

/** Written to everywhere; the other indexes are of few rows, in order of time. */
const LARGE_INDEX = "items_by_run";

/** In a program that does nothing else, and whose file is worth nothing before it is whole. */
const HASTE = [
  "synchronous = OFF",
  "locking_mode = EXCLUSIVE",
  "journal_mode = MEMORY", // OFF is not permitted
  "cache_size = -500000",
  "threads = 2", // that sort for an index
];

type Schema = { readonly name: string; readonly sql: string };

/** A history of equal periods, one after the other. */
export type Periods = {
  /** at least 2 */
  readonly count: number;
  readonly ms: number;
  /**
   * What happens in one of them, in order of time, numbered from 1 in each journal: the same in each, so much later. At its
   * end every process is as it was at its beginning. A process that the first one does not know is in none.
   */
  readonly history: (index: number) => Iterable<Written>;
};

/**
 * Fills a new database quickly: the first two periods by the hub's own writer, the others as copies of the second; indexes
 * and the order of tables are made at the end. The database is then as if the hub had written it all.
 */
export async function fillDirectly(
  path: string,
  periods: Periods,
  told: (rows: number) => void = () => {},
): Promise<void> {
  const db = openDatabase(path);
  const client = db.$client;
  for (const setting of HASTE) client.run(`PRAGMA ${setting}`);
  const index = client.query<Schema, [string]>("SELECT name, sql FROM sqlite_schema WHERE name = ?").get(LARGE_INDEX);
  client.run(`DROP INDEX ${LARGE_INDEX}`);
  const giveOrder = takeOrder(client);

  const writer = createBatchWriter(db, createSentActions());
  const marks: Marks[] = [];
  for (let i = 0; i < 2; i++) {
    await writePeriod(writer, periods.history(i));
    marks.push(marksOf(client, writer));
    told((i + 1) / periods.count);
  }
  const [first, second] = marks as [Marks, Marks];
  keepGrowth(client, first, second);
  repeatRows(client, first, second, periods, told);
  giveOrder(first, periods);
  client.run(index?.sql ?? "");
  client.run("PRAGMA journal_mode = WAL");
  db.close();
}

async function writePeriod(writer: BatchWriter, history: Iterable<Written>): Promise<void> {
  let batch: Pending[] = [];
  let batches = 0;
  const write = () => {
    writer.write(batch);
    batch = [];
    if (++batches % COMMIT_BATCHES === 0) writer.commit();
  };
  const lastOf = new Map(
    [...writer.dictionary().supervisors].map(([name, { latest }]) => [name, latest?.lastSeq ?? 0]),
  );
  for (const { supervisor, entry } of renumbered(history, (name) => lastOf.get(name) ?? 0)) {
    batch.push({ kind: "entry", supervisor, epoch: "epoch", entry });
    if (batch.length < BATCH_ROWS) continue;
    write();
    await Bun.sleep(0);
  }
  write();
  writer.commit();
}
