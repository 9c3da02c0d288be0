import { createIdAllocator, firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";

export type NewItem = {
  readonly run: number;
  readonly facts?: number;
  readonly pid?: number | null;
  readonly seq?: number | null;
  readonly actionId?: number | null;
};

/** Writes the rows of the history. Plain statements: they are run a hundred thousand times a second. */
export function createItemRows({ $client: client }: HistoryDatabase) {
  const insert = client.query("INSERT INTO items (id, run, facts, pid, seq, action_id) VALUES (?, ?, ?, ?, ?, ?)");
  const greatest = client.query<[number | null], [number, number]>(
    "SELECT max(id) FROM items WHERE id >= ? AND id < ?",
  );
  const newestIn = (first: number, end: number): number | null => {
    const [row] = greatest.values(first, end) as [number | null][];
    return row?.[0] ?? null;
  };
  const ids = createIdAllocator(newestIn, () => newestIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 0);
  const ofSeq = client.query<[number], [number, number, number, number]>(
    "SELECT id FROM items WHERE run BETWEEN ?1 AND ?1 + 7 AND id >= ?2 AND id < ?3 AND seq = ?4",
  );
  const newestOf = client.query<[number], [number]>("SELECT id FROM items WHERE run = ? ORDER BY id DESC LIMIT 1");
  const read = client.query<[number, number, number | null], [number]>(
    "SELECT run, facts, action_id FROM items WHERE id = ?",
  );
  const setFacts = client.query("UPDATE items SET facts = ? WHERE id = ?");
  const write = (id: number, { run, facts = 0, pid = null, seq = null, actionId = null }: NewItem): void =>
    void insert.run(id, run, facts, pid, seq, actionId);

  return {
    /** A place at this time, or just after it. */
    place: (atMs: number): number => ids.allocate(atMs),
    write,
    add(atMs: number, item: NewItem): number {
      const id = ids.allocate(atMs);
      write(id, item);
      return id;
    },
    /** The transition with this place in its journal; in the next millisecond where its own was full. */
    transitionOf(firstRun: number, atMs: number, seq: number): number | null {
      const rows = ofSeq.values(firstRun, firstIdOf(atMs), firstIdOf(atMs + 2), seq) as [number][];
      return rows[0]?.[0] ?? null;
    },
    /** The newest of several runs. */
    newest(runs: readonly number[]): { atMs: number; run: number; facts: number; actionId: number | null } | null {
      const ids = runs.flatMap((run) => (newestOf.values(run) as [number][]).map(([id]) => id));
      const id = ids.length === 0 ? null : Math.max(...ids);
      const [row] = id === null ? [] : (read.values(id) as [number, number, number | null][]);
      return id === null || row === undefined
        ? null
        : { atMs: timeOf(id), run: row[0], facts: row[1], actionId: row[2] };
    },
    setFacts: (id: number, facts: number): void => void setFacts.run(facts, id),
    /** After a rollback. */
    forget: ids.forget,
  };
}

export type ItemRows = ReturnType<typeof createItemRows>;
