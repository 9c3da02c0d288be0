import type { Database } from "bun:sqlite";
import type { Account } from "../../src/domain/account.ts";
import type { BatchWriter } from "../../src/hub/store/write-batch.ts";

/** Where tables, journals and accounts are at the end of a period. */
export type Marks = {
  readonly rows: Readonly<Record<"items" | "checkpoints" | "outages" | "gaps", number>>;
  readonly unknownToMs: number;
  /** by process */
  readonly accounts: ReadonlyMap<number, Account>;
  /** by owner of rows: a process, or minus a supervisor */
  readonly seqs: ReadonlyMap<number, number>;
};

/** What an account adds up. */
export const SUMS = ["up", "down", "stopped", "absent", "restarts", "crashes"] as const;

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
 * Keeps in tables of this connection what a period adds: `growth_of_journals` to the numbers of each owner's journal,
 * `growth_of_accounts` to what the accounts add up.
 */
export function keepGrowth(client: Database, first: Marks, second: Marks): void {
  client.run("CREATE TEMP TABLE growth_of_journals (owner INTEGER PRIMARY KEY, numbers INTEGER NOT NULL)");
  client.run(`CREATE TEMP TABLE growth_of_accounts (process INTEGER PRIMARY KEY, ${SUMS.join(", ")})`);
  const ofJournal = client.query("INSERT INTO growth_of_journals VALUES (?, ?)");
  const ofAccount = client.query(`INSERT INTO growth_of_accounts VALUES (?, ${SUMS.map(() => "?").join(", ")})`);
  client.transaction(() => {
    for (const [owner, seq] of second.seqs) ofJournal.run(owner, seq - (first.seqs.get(owner) ?? 0));
    for (const [process, after] of second.accounts) {
      const before = first.accounts.get(process);
      if (before !== undefined) ofAccount.run(process, ...SUMS.map((sum) => after[sum] - before[sum]));
    }
  })();
}
