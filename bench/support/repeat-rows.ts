import type { Database } from "bun:sqlite";
import { IDS_PER_MS } from "../../src/hub/store/item-id.ts";
import type { Periods } from "./direct-fill.ts";
import type { Marks } from "./period-growth.ts";

/**
 * Copies what tables that are in order of time have of the second period behind it, until there are so many periods. Times
 * grow by one with each, numbers in journals by what a period adds.
 * @param first at its end; second likewise
 * @param told share of all periods that is there
 */
export function repeatRows(
  client: Database,
  first: Marks,
  second: Marks,
  { count, ms }: Periods,
  told: (share: number) => void,
): void {
  const copies = copyStatements(client, first, second);
  for (let times = 1; times <= count - 2; times++) {
    client.run("BEGIN");
    for (const copy of copies) copy.run({ times, ms: times * ms, ids: times * ms * IDS_PER_MS });
    client.run("COMMIT");
    told((times + 2) / count);
  }
  client.run(`UPDATE epochs SET last_seq = last_seq + ${count - 2} *
    (SELECT numbers FROM growth_of_journals WHERE owner = -supervisor_id)`);
  client.run(`UPDATE supervisors SET newest_ms = newest_ms + ${(count - 2) * ms}`);
}

/** @returns statements that copy once, so many `$times` later, which is `$ms`, and `$ids` as ids of rows */
function copyStatements(client: Database, first: Marks, second: Marks) {
  const ofSecond = (table: keyof Marks["rows"]) =>
    `${table}.rowid > ${first.rows[table]} AND ${table}.rowid <= ${second.rows[table]}`;
  return [
    `INSERT INTO items SELECT id + $ids, run, facts, pid, seq + $times * numbers, action_id
      FROM items CROSS JOIN growth_of_journals ON owner = run >> 5 WHERE ${ofSecond("items")} ORDER BY id`,
    `INSERT INTO gaps SELECT item_id + $ids, from_ms + $ms, reason, lost FROM gaps WHERE ${ofSecond("gaps")}`,
    `INSERT INTO unknowns SELECT supervisor_id, to_ms + $ms, from_ms + $ms FROM unknowns
      WHERE to_ms > ${first.unknownToMs} AND to_ms <= ${second.unknownToMs}`,
  ].map((sql) => client.query(sql));
}
