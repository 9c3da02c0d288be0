import { createSentActions } from "../../src/hub/history/sent-actions.ts";
import { openDatabase } from "../../src/hub/store/open-database.ts";
import type { Pending } from "../../src/hub/store/pending.ts";
import { createBatchWriter } from "../../src/hub/store/write-batch.ts";
import type { Written } from "./fleet-history.ts";

const BATCH_ROWS = 10_000;
const COMMIT_BATCHES = 50;

/** Tables that are written to everywhere: without an order while they fill, and then brought into it at once. */
const ORDERED = ["checkpoints", "outages"] as const;
/** process, then time */
const ORDER = "1, 2";

type Schema = { readonly name: string; readonly sql: string };

/**
 * Fills a new database by the hub's own writer, quickly: indexes and the order of tables are made at the end, and nothing is
 * safe from a power cut. The database is then as if the hub had written it. What is written has to be in order of time
 * for each process, and each process has to be new: nothing is looked for on the way.
 */
export async function fillDirectly(
  path: string,
  history: Iterable<Written>,
  told: (rows: number) => void = () => {},
): Promise<void> {
  const db = openDatabase(path);
  const client = db.$client;
  client.run("PRAGMA synchronous = OFF");
  const indexes = client
    .query<Schema, []>("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'items'")
    .all();
  for (const { name } of indexes) client.run(`DROP INDEX ${name}`);
  const tables = ORDERED.map((table) => takeOrder(client, table));

  const writer = createBatchWriter(db, createSentActions());
  let batch: Pending[] = [];
  let rows = 0;
  const write = () => {
    writer.write(batch);
    rows += batch.length;
    batch = [];
    if (rows % (BATCH_ROWS * COMMIT_BATCHES) === 0) writer.commit();
  };
  for (const { supervisor, entry } of history) {
    batch.push({ kind: "entry", supervisor, epoch: "epoch", entry });
    if (batch.length < BATCH_ROWS) continue;
    write();
    told(rows);
    await Bun.sleep(0);
  }
  write();
  writer.commit();

  for (const giveOrder of tables) giveOrder();
  for (const { sql } of indexes) client.run(sql);
  client.run("PRAGMA wal_checkpoint(TRUNCATE)");
  db.close();
}

type Client = ReturnType<typeof openDatabase>["$client"];

/** @returns puts its rows in order, and the table is as it was */
function takeOrder(client: Client, table: (typeof ORDERED)[number]): () => void {
  const [made] = client.query<Schema, [string]>("SELECT name, sql FROM sqlite_schema WHERE name = ?").all(table);
  client.run(`CREATE TABLE filling AS SELECT * FROM ${table}`);
  client.run(`DROP TABLE ${table}`);
  client.run(`ALTER TABLE filling RENAME TO ${table}`);
  return () => {
    client.run(`ALTER TABLE ${table} RENAME TO filled`);
    client.run(made?.sql ?? "");
    client.run(`INSERT INTO ${table} SELECT * FROM filled ORDER BY ${ORDER}`);
    client.run("DROP TABLE filled");
  };
}
