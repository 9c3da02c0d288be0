import { createIdAllocator, firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { runRows } from "./run-rows.ts";

export type NewItem = {
  readonly run: number;
  readonly facts?: number;
  readonly pid?: number | null;
  readonly seq?: number | null;
  readonly actionId?: number | null;
};

type Row = readonly [
  id: number,
  run: number,
  facts: number,
  pid: number | null,
  seq: number | null,
  actionId: number | null,
];

/** So many rows go through the index of runs in its own order: each of its pages is then gone to once, and not for every row. */
const SORTED_ROWS = 2_000;

/**
 * Writes the rows of the history. Plain statements: they are run a hundred thousand times a second. One row in each: for
 * several, SQLite first copies every page that it changes to a journal of the statement.
 */
export function createItemRows(db: HistoryDatabase) {
  const client = db.$client;
  const insert = client.query("INSERT INTO items (id, run, facts, pid, seq, action_id) VALUES (?, ?, ?, ?, ?, ?)");
  const greatest = client.query<[number | null], [number, number]>(
    "SELECT max(id) FROM items WHERE id >= ? AND id < ?",
  );
  const ofSeq = client.query<[number], [number, number, number, number]>(
    "SELECT id FROM items WHERE id >= ?1 AND id < ?2 AND run BETWEEN ?3 AND ?3 + 7 AND seq = ?4",
  );
  const read = client.query<[number, number, number | null], [number]>(
    "SELECT run, facts, action_id FROM items WHERE id = ?",
  );
  const setFacts = client.query("UPDATE items SET facts = ? WHERE id = ?");
  const runs = runRows(db);
  let waiting: Row[] = [];
  /** while they are written piece by piece */
  let going: Row[] = [];

  /** @returns whether more is left */
  function flushSome(count: number): boolean {
    if (going.length === 0) {
      going = waiting;
      waiting = [];
      if (going.length >= SORTED_ROWS) going.sort((a, b) => a[1] - b[1]);
    }
    for (const row of going.splice(0, count)) insert.run(...row);
    return going.length > 0 || waiting.length > 0;
  }

  /** To be called before anything reads the table, and at the end of the transaction. */
  function flush(): void {
    while (going.length > 0 || waiting.length > 0) flushSome(Number.MAX_SAFE_INTEGER);
  }

  const write = (id: number, { run, facts = 0, pid = null, seq = null, actionId = null }: NewItem): void =>
    void waiting.push([id, run, facts, pid, seq, actionId]);

  const newestIn = (first: number, end: number): number | null =>
    (greatest.values(first, end) as [number | null][])[0]?.[0] ?? null;
  const newestOfAll = () => newestIn(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER) ?? 0;
  const ids = createIdAllocator({ newestIn, newestOfAll, flush });

  return {
    /** A place at this time, or just after it. */
    place: (atMs: number): number => ids.allocate(atMs),
    write,
    flush,
    flushSome,
    add(atMs: number, item: NewItem): number {
      const id = ids.allocate(atMs);
      write(id, item);
      return id;
    },
    /** The transition with this place in its journal; in the next millisecond where its own was full. */
    transitionOf(firstRun: number, atMs: number, seq: number): number | null {
      flush();
      const rows = ofSeq.values(firstIdOf(atMs), firstIdOf(atMs + 2), firstRun, seq) as [number][];
      return rows[0]?.[0] ?? null;
    },
    /** The newest transition of a process. */
    newestOf(process: number): { atMs: number; run: number; facts: number; actionId: number | null } | null {
      flush();
      const id = runs.newestState(process, Number.MAX_SAFE_INTEGER);
      const [row] = id === null ? [] : (read.values(id) as [number, number, number | null][]);
      return id === null || row === undefined
        ? null
        : { atMs: timeOf(id), run: row[0], facts: row[1], actionId: row[2] };
    },
    /** Of the newest transition of any of these before a moment, epoch milliseconds; null: none. */
    newestTimeOf(processes: Iterable<number>, beforeMs: number): number | null {
      flush();
      const ids = [...processes].flatMap((process) => runs.newestState(process, firstIdOf(beforeMs)) ?? []);
      return ids.length === 0 ? null : timeOf(ids.reduce((a, b) => Math.max(a, b)));
    },
    setFacts(id: number, facts: number): void {
      flush();
      setFacts.run(facts, id);
    },
    /** After a rollback. */
    forget(): void {
      waiting = [];
      going = [];
      ids.forget();
    },
  };
}

export type ItemRows = ReturnType<typeof createItemRows>;
