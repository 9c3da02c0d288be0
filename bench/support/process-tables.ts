import type { Database } from "bun:sqlite";
import { STRETCH_BITS, STRETCH_MINUTES } from "../../src/hub/store/checkpoint-rows.ts";
import type { Periods } from "./direct-fill.ts";
import { type Marks, SUMS } from "./period-growth.ts";

const sums = SUMS.map((sum) => `f.${sum} + times * g.${sum}`).join(", ");

const minute = `(stretch << ${STRETCH_BITS}) + minute + times * $ms / 60000`;
/** Tables that are written to out of their order; and their rows, `times` periods later. */
const TABLES = {
  checkpoints: `(${minute}) >> ${STRETCH_BITS}, process_id, (${minute}) & ${STRETCH_MINUTES - 1},
    kind, ${sums}, since_crash, down_for`,
  outages: "process_id, to_ms + times * $ms, from_ms + times * $ms",
} as const;

/**
 * Leaves these tables without an order while the first two periods are written.
 * @returns makes them what they were, with the rows of all periods: each row is written once, to its place
 */
export function takeOrder(client: Database): (first: Marks, periods: Periods) => void {
  const made = Object.entries(TABLES).map(([table, copied]) => {
    const sql = client.query<{ sql: string }, [string]>("SELECT sql FROM sqlite_schema WHERE name = ?").get(table)?.sql;
    client.run(`CREATE TABLE filling AS SELECT * FROM ${table}`);
    client.run(`DROP TABLE ${table}`);
    client.run(`ALTER TABLE filling RENAME TO ${table}`);
    return { table: table as keyof typeof TABLES, copied, sql: sql ?? "" };
  });
  return (first, { count, ms }) => {
    // -1 stands for the first period, 0 for the second.
    client.run("CREATE TEMP TABLE periods (times INTEGER PRIMARY KEY)");
    for (let times = -1; times <= count - 2; times++) client.run(`INSERT INTO periods VALUES (${times})`);
    for (const { table, copied, sql } of made) {
      client.run(`ALTER TABLE ${table} RENAME TO filled`);
      client.run("CREATE INDEX filled_by_process ON filled (process_id)");
      client.run(sql);
      client.query(insertOf(table, copied, first.rows[table])).run({ ms });
      client.run("DROP TABLE filled");
    }
  };
}

/** In the order of their keys. @param last row of the first period */
const insertOf = (table: string, copied: string, last: number): string =>
  `INSERT INTO ${table} SELECT ${copied}
    FROM growth_of_accounts AS g
    CROSS JOIN (SELECT times AS period, max(times, 0) AS times FROM periods)
    CROSS JOIN filled AS f ON f.process_id = g.process AND (f.rowid <= ${last}) = (period < 0)
    ORDER BY 1, 2, 3`;
