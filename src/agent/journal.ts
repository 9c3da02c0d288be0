import type { Database } from "bun:sqlite";
import type { JournalEntry, Transition, Unnumbered } from "../domain/journal-entry.ts";
import { type Namespec, namespec } from "../domain/names.ts";
import { openDatabase } from "./journal-schema.ts";
import type { SupervisordRun } from "./supervisord-run.ts";

/** Where in supervisord's counting we are; null before the first event. */
export type Place = { readonly serial: number; readonly poolserial: number };

/** What one run of the agent leaves for the next. */
export type LastSign = {
  /** last moment at which supervisord was heard; null: never */
  readonly aliveMs: number | null;
  readonly place: Place | null;
  /** the one that was heard; null: never, or before the machine started anew */
  readonly supervisord: SupervisordRun | null;
  /** supervisord had said that it stops or restarts */
  readonly stopping: boolean;
  /** the agent was told to stop, it did not die */
  readonly cleanStop: boolean;
};

/** One entry as it is kept: `json` is the whole JournalEntry. */
export type Line = { readonly seq: number; readonly json: string };

export type Journal = {
  /** of its file; null: in memory */
  readonly path: string | null;
  readonly epoch: string;
  readonly newestSeq: () => number;
  /** `newestSeq() + 1` where it holds none */
  readonly oldestSeq: () => number;
  readonly lastSign: () => LastSign;
  /**
   * Writes entries and the sign of life in one transaction.
   * @throws whatever SQLite says; then nothing was written
   */
  readonly append: (entries: readonly Unnumbered[], sign: LastSign) => JournalEntry[];
  /** Lines after `seq`, at most `limit`. */
  readonly read: (seq: number, limit: number) => Line[];
  /** The last transition of each process. */
  readonly lastTransitions: () => Map<Namespec, Transition>;
  /** Processes that are no more. */
  readonly forget: (names: readonly Namespec[]) => void;
  /** Deletes at most `limit` entries older than `beforeMs`, or the oldest while above `maxBytes`. @returns how many */
  readonly expire: (bounds: { readonly beforeMs: number; readonly maxBytes: number; readonly limit: number }) => number;
  readonly close: () => void;
};

type MetaRow = {
  readonly epoch: string;
  readonly newest_seq: number;
  readonly alive_ms: number | null;
  readonly serial: number | null;
  readonly poolserial: number | null;
  readonly supervisord_pid: number | null;
  readonly stopping: number;
  readonly clean_stop: number;
  readonly boot_id: string | null;
  readonly supervisord_start: number | null;
};

/** Numbers passed over after a power cut. */
const LOST_TAIL = 100_000;

/**
 * A power cut may take the last entries that were written, and hubs may have them: their numbers must not be given
 * again, or hubs would pass over what comes under them.
 */
const startSeq = (meta: MetaRow, bootId: string | null): number =>
  meta.newest_seq === 0 || meta.clean_stop === 1 || meta.boot_id === bootId
    ? meta.newest_seq
    : meta.newest_seq + LOST_TAIL;

/**
 * @param path of the file, or ":memory:"
 * @param bootId changes each time the machine starts; null where that cannot be known
 * @throws whatever SQLite says of a file that is damaged or none of ours
 */
export function openJournal(path: string, bootId: string | null = null): Journal {
  const db = openDatabase(path, () => crypto.randomUUID());
  const meta = db.query<MetaRow, []>("SELECT * FROM meta").get();
  if (meta === null) throw new Error("journal without its meta row");
  let newestSeq = startSeq(meta, bootId);
  const pid = meta.boot_id === bootId ? meta.supervisord_pid : null;
  db.run("UPDATE meta SET newest_seq = ?, boot_id = ?, supervisord_pid = ?", [newestSeq, bootId, pid]);
  let lastSign = signOfRow({ ...meta, supervisord_pid: pid });
  const statements = prepareStatements(db);

  const write = db.transaction((entries: readonly JournalEntry[], sign: LastSign) => {
    for (const entry of entries) {
      const json = JSON.stringify(entry);
      statements.insert.run(entry.seq, entry.atMs, json);
      if (entry.kind === "transition") statements.process.run(namespec(entry.group, entry.name), entry.seq, json);
    }
    const { aliveMs, place, supervisord, stopping, cleanStop } = sign;
    const seq = entries.at(-1)?.seq ?? newestSeq;
    statements.meta.run(
      seq,
      aliveMs,
      place?.serial ?? null,
      place?.poolserial ?? null,
      supervisord?.pid ?? null,
      supervisord?.startTicks ?? null,
      +stopping,
      +cleanStop,
    );
  });

  return {
    path: path === ":memory:" ? null : path,
    epoch: meta.epoch,
    newestSeq: () => newestSeq,
    oldestSeq: () => statements.oldest.get()?.seq ?? newestSeq + 1,
    lastSign: () => lastSign,
    append(entries, sign) {
      const numbered = entries.map((entry, i) => ({ seq: newestSeq + 1 + i, ...entry }) as JournalEntry);
      write(numbered, sign);
      newestSeq += numbered.length;
      lastSign = sign;
      return numbered;
    },
    read: (seq, limit) => statements.read.all(seq, limit),
    lastTransitions: () => readLastTransitions(db),
    forget(names) {
      for (const name of names) statements.forget.run(name);
    },
    expire: (bounds) => expire(db, bounds),
    close() {
      db.close();
    },
  };
}

const signOfRow = (row: MetaRow): LastSign => ({
  aliveMs: row.alive_ms,
  place: row.serial === null || row.poolserial === null ? null : { serial: row.serial, poolserial: row.poolserial },
  supervisord: row.supervisord_pid === null ? null : { pid: row.supervisord_pid, startTicks: row.supervisord_start },
  stopping: row.stopping === 1,
  cleanStop: row.clean_stop === 1,
});

const prepareStatements = (db: Database) => ({
  insert: db.query("INSERT INTO entries (seq, at_ms, body) VALUES (?, ?, ?)"),
  process: db.query(
    "INSERT INTO processes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq, body = excluded.body",
  ),
  meta: db.query(
    "UPDATE meta SET newest_seq = ?, alive_ms = ?, serial = ?, poolserial = ?, supervisord_pid = ?, supervisord_start = ?, stopping = ?, clean_stop = ?",
  ),
  oldest: db.query<{ seq: number }, []>("SELECT seq FROM entries ORDER BY seq LIMIT 1"),
  read: db.query<Line, [number, number]>("SELECT seq, body AS json FROM entries WHERE seq > ? ORDER BY seq LIMIT ?"),
  forget: db.query("DELETE FROM processes WHERE namespec = ?"),
});

function readLastTransitions(db: Database): Map<Namespec, Transition> {
  const rows = db.query<{ namespec: Namespec; body: string }, []>("SELECT namespec, body FROM processes").all();
  return new Map(rows.map((row) => [row.namespec, JSON.parse(row.body) as Transition]));
}

/** Small steps, so that no event waits long behind one. */
function expire(db: Database, bounds: { beforeMs: number; maxBytes: number; limit: number }): number {
  const tooBig = sizeBytes(db) > bounds.maxBytes;
  const { changes } = db.run(
    `DELETE FROM entries WHERE seq IN (SELECT seq FROM entries ORDER BY seq LIMIT ?1) AND (?2 OR at_ms < ?3)`,
    [bounds.limit, tooBig ? 1 : 0, bounds.beforeMs],
  );
  if (changes > 0) db.query("PRAGMA incremental_vacuum(64)").all();
  return changes;
}

function sizeBytes(db: Database): number {
  const number = (pragma: string) => Object.values(db.query(`PRAGMA ${pragma}`).get() ?? {})[0] as number;
  return (number("page_count") - number("freelist_count")) * number("page_size");
}
