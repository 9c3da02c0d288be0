import type { Database } from "bun:sqlite";
import type { Account } from "../../src/domain/account.ts";
import { IDS_PER_MS } from "../../src/hub/store/item-id.ts";
import type { BatchWriter } from "../../src/hub/store/write-batch.ts";

/** Where the tables and the accounts are at the end of a period. */
export type Marks = {
  readonly rows: Readonly<Record<"items" | "checkpoints" | "outages" | "gaps", number>>;
  readonly unknownToMs: number;
  /** by process */
  readonly accounts: ReadonlyMap<number, Account>;
  /** by owner of rows: a process, or minus a supervisor */
  readonly seqs: ReadonlyMap<number, number>;
};

/** What an account adds up. */
const SUMS = ["up", "down", "stopped", "absent", "restarts", "crashes"] as const;

export function marksOf(client: Database, { dictionary, accounts }: BatchWriter): Marks {
  const most = (of: string) => client.query<{ most: number | null }, []>(`SELECT max(${of}`).get()?.most ?? 0;
  const rows = (table: string) => most(`rowid) AS most FROM ${table}`);
  const all = [...dictionary().supervisors.values()];
  const tails = all.flatMap(({ processes }) => [...processes.values()].map((id) => [id, accounts.tail(id)] as const));
  return {
    rows: { items: rows("items"), checkpoints: rows("checkpoints"), outages: rows("outages"), gaps: rows("gaps") },
    unknownToMs: most("to_ms) AS most FROM unknowns"),
    accounts: new Map(tails.flatMap(([id, tail]) => (tail === null ? [] : [[id, { ...tail }]]))),
    seqs: new Map(
      all.flatMap(({ id, processes, latest }) =>
        [-id, ...processes.values()].map((owner) => [owner, latest?.lastSeq ?? 0] as const),
      ),
    ),
  };
}

/**
 * Copies the second period behind itself until there are so many. Times grow by a period with each, and what adds up by what
 * a period adds to it.
 * @param marks at the end of the first and of the second
 * @param told share of all that is there
 */
export function repeatPeriod(
  client: Database,
  [first, second]: readonly Marks[],
  { count, ms }: { readonly count: number; readonly ms: number },
  told: (share: number) => void,
): void {
  if (first === undefined || second === undefined) return;
  keepGrowth(client, first, second);
  const copies = copyStatements(client, first, second);
  for (let times = 1; times <= count - 2; times++) {
    client.run("BEGIN");
    for (const copy of copies) copy.run({ times, ms: times * ms, ids: times * ms * IDS_PER_MS });
    client.run("COMMIT");
    told((times + 2) / count);
  }
  client.run(`UPDATE epochs SET last_seq = last_seq + ${count - 2} *
    (SELECT numbers FROM growth_of_rows WHERE owner = -supervisor_id)`);
  client.run(`UPDATE supervisors SET newest_ms = newest_ms + ${(count - 2) * ms}`);
  for (const table of ["growth_of_rows", "growth"]) client.run(`DROP TABLE ${table}`);
}

/** What a period adds to the numbers of each owner's journal and to each account. */
function keepGrowth(client: Database, first: Marks, second: Marks): void {
  client.run("CREATE TEMP TABLE growth_of_rows (owner INTEGER PRIMARY KEY, numbers INTEGER NOT NULL)");
  client.run(`CREATE TEMP TABLE growth (process INTEGER PRIMARY KEY, ${SUMS.join(", ")})`);
  const ofRows = client.query("INSERT INTO growth_of_rows VALUES (?, ?)");
  const ofAccount = client.query(`INSERT INTO growth VALUES (?, ${SUMS.map(() => "?").join(", ")})`);
  client.transaction(() => {
    for (const [owner, seq] of second.seqs) ofRows.run(owner, seq - (first.seqs.get(owner) ?? 0));
    for (const [process, after] of second.accounts) {
      const before = first.accounts.get(process);
      if (before !== undefined) ofAccount.run(process, ...SUMS.map((sum) => after[sum] - before[sum]));
    }
  })();
}

/** @returns statements that copy once: `$times` growths, `$ms` later, which is `$ids` as ids of rows */
function copyStatements(client: Database, { rows: from, unknownToMs }: Marks, { rows: to, ...second }: Marks) {
  const between = (table: keyof Marks["rows"]) => `${table}.rowid > ${from[table]} AND ${table}.rowid <= ${to[table]}`;
  const sums = SUMS.map((sum) => `c.${sum} + $times * g.${sum}`).join(", ");
  return [
    `INSERT INTO items SELECT id + $ids, run, facts, pid, seq + $times * g.numbers, action_id
      FROM items CROSS JOIN growth_of_rows AS g ON g.owner = run >> 5 WHERE ${between("items")} ORDER BY id`,
    `INSERT INTO checkpoints SELECT process_id, minute + $ms / 60000, kind, ${sums}, last_crash + $ms, down_since + $ms
      FROM checkpoints AS c CROSS JOIN growth AS g ON g.process = process_id
      WHERE ${between("checkpoints").replaceAll("checkpoints", "c")}`,
    `INSERT INTO outages SELECT process_id, to_ms + $ms, from_ms + $ms FROM outages WHERE ${between("outages")}`,
    `INSERT INTO gaps SELECT item_id + $ids, from_ms + $ms, reason, lost FROM gaps WHERE ${between("gaps")}`,
    `INSERT INTO unknowns SELECT supervisor_id, to_ms + $ms, from_ms + $ms FROM unknowns
      WHERE to_ms > ${unknownToMs} AND to_ms <= ${second.unknownToMs}`,
  ].map((sql) => client.query(sql));
}
