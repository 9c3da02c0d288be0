import type { Database, SQLQueryBindings } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import audit from "../../../migrations/0020_audit.sql" with { type: "text" };
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Audit, AuditEntry, AuditItem, AuditQuery } from "../audit/audit.ts";
import { ClosableDatabase } from "./closable-database.ts";
import type { DatabaseKind } from "./database-kind.ts";
import { migrate } from "./migrate.ts";
import { setAside } from "./open-database.ts";
import { stayWith } from "./stay-with.ts";
import { type StoreFailure, storeFailure } from "./store-failure.ts";
import { watchDatabase } from "./watch-database.ts";

/** "MVau" */
const KIND: DatabaseKind = { what: "audit", applicationId: 0x4d566175, migrations: [audit] };
const MAX_TEXT = 2_000;
/** Who fails to log in chooses the name. */
const MAX_NAME = 200;

type Open = { readonly db: Database; readonly endWatch: () => void };

/**
 * Who did what, for good. A file of its own beside the history: what is wrong with that one, or too much in it, leaves
 * this one alone. Each entry is in the log as well, and on the disk before the answer goes out.
 * @param now epoch ms
 */
export function openAudit(path: string, log: Logger, now: () => number): Audit {
  let open: Open | null = null;
  let failure: StoreFailure | null = null;

  function ensureOpen(): Open {
    if (open !== null) return open;
    const db = openFile(path);
    open = { db, endWatch: watchDatabase(path, KIND.what, lost) };
    return open;
  }

  function close(): void {
    open?.endWatch();
    open?.db.close();
    open = null;
  }

  function lost(error: unknown): void {
    close();
    const next = storeFailure(error, path, KIND.what);
    const isNews = failure?.reason !== next.reason;
    failure = next;
    if (next.corrupt) beginAnew(next, isNews);
    else if (isNews) log.error(`Audit: ${next.reason}; entries are in this log alone, and it is tried again`);
  }

  function beginAnew({ reason, gone }: StoreFailure, isNews: boolean): void {
    try {
      const where = gone ? "" : `; set aside as ${setAside(path, now())}`;
      failure = null;
      log.error(`Audit: ${reason}${where}; a new one begins, what it lacks is in this log alone`);
    } catch (error) {
      if (isNews) log.error(`Audit: ${reason}, and it cannot be renamed: ${messageOf(error)}; remove it`);
    }
  }

  /** @throws what SQLite says, which is in the log then */
  function attempt<T>(act: (open: Open) => T): T {
    try {
      return act(ensureOpen());
    } catch (error) {
      if (!(error instanceof MultivisorError)) lost(error);
      throw error;
    }
  }

  function write(values: SQLQueryBindings[]): void {
    const insert = () => attempt(({ db }) => void db.query(INSERT).run(...values));
    try {
      insert();
    } catch (error) {
      if (failure !== null) throw error;
      insert(); // a damaged file was set aside
    }
    if (failure !== null) log.info(`Audit: ${path} is written again`);
    failure = null;
  }

  function read(query: AuditQuery, stay = (same: Open) => same): AuditItem[] {
    try {
      return attempt((open) => readItems(stay(open).db, query));
    } catch (error) {
      if (error instanceof MultivisorError) throw error;
      throw new MultivisorError(
        "STORE_UNAVAILABLE",
        `Cannot read the audit: ${storeFailure(error, path, KIND.what).reason}`,
      );
    }
  }

  try {
    ensureOpen();
  } catch (error) {
    lost(error);
  }

  return {
    add(entry) {
      const { address, what, outcome } = entry;
      const user = entry.user === null ? null : shortened(entry.user, MAX_NAME);
      const [target, detail] = [shortened(entry.target, MAX_TEXT), shortened(entry.detail, MAX_TEXT)];
      log.info(`audit: ${textOf({ ...entry, user })}`);
      try {
        write([now(), user, address, what, target, outcome, detail]);
      } catch {
        // said already
      }
    },
    read: (query) => read(query),
    pages() {
      const stay = stayWith<Open>(`the audit ${path}`);
      return (query) => read(query, stay);
    },
    close,
  };
}

function openFile(path: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new ClosableDatabase(path, { create: true, strict: true });
  try {
    db.run("PRAGMA busy_timeout = 20");
    migrate(db, path, KIND);
    db.run("PRAGMA journal_mode = WAL");
    db.run("PRAGMA synchronous = FULL");
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

const INSERT = "INSERT INTO audit (at_ms, user, address, what, target, outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?)";

function readItems(db: Database, { limit, before, user, what }: AuditQuery): AuditItem[] {
  const conditions = [
    ...(before === null ? [] : [["id < ?", before] as const]),
    ...(user === null ? [] : [["user = ?", user] as const]),
    ...(what === null ? [] : [["what = ?", what] as const]),
  ];
  const where = conditions.length === 0 ? "" : `WHERE ${conditions.map(([text]) => text).join(" AND ")}`;
  const columns = "id, at_ms AS at, user, address, what, target, outcome, detail";
  return db
    .query<AuditItem, SQLQueryBindings[]>(`SELECT ${columns} FROM audit ${where} ORDER BY id DESC LIMIT ?`)
    .all(...conditions.map(([, value]) => value), limit);
}

const shortened = (text: string, most: number): string =>
  text.length > most ? `${text.slice(0, most - 1).toWellFormed()}…` : text;

const textOf = ({ user, address, what, target, outcome, detail }: AuditEntry): string =>
  `${what} ${outcome} user=${JSON.stringify(user)} address=${address} target=${JSON.stringify(target.slice(0, 200))} ${detail.slice(0, 200)}`;
