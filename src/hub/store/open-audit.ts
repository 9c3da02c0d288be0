import { Database, type SQLQueryBindings } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import audit from "../../../migrations/0020_audit.sql" with { type: "text" };
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Audit, AuditEntry, AuditItem, AuditQuery } from "../audit/audit.ts";
import { pragma } from "./open-database.ts";

const MIGRATIONS: readonly string[] = [audit];
/** "MVau" */
const APPLICATION_ID = 0x4d566175;
const MAX_TEXT = 2_000;
/** Who fails to log in chooses the name. */
const MAX_NAME = 200;

/**
 * Who did what, for good. A file of its own beside the history: what is wrong with that one, or too much in it, leaves
 * this one alone. Each entry is in the log as well, and on the disk before the answer goes out.
 * @param now epoch ms
 */
export function openAudit(path: string, log: Logger, now: () => number): Audit {
  let db: Database | null = null;
  let problem = "";

  function attempt<T>(act: (open: Database) => T): T | null {
    try {
      db ??= openFile(path);
      const result = act(db);
      problem = "";
      return result;
    } catch (error) {
      db?.close();
      db = null;
      if (problem !== messageOf(error)) log.error(`Audit: ${path}: ${messageOf(error)}; entries are in this log alone`);
      problem = messageOf(error);
      return null;
    }
  }
  attempt(() => null);

  return {
    add(entry) {
      const { address, what, outcome } = entry;
      const user = entry.user === null ? null : shortened(entry.user, MAX_NAME);
      const [target, detail] = [shortened(entry.target, MAX_TEXT), shortened(entry.detail, MAX_TEXT)];
      log.info(`audit: ${textOf({ ...entry, user })}`);
      const values = [now(), user, address, what, target, outcome, detail];
      attempt((open) =>
        open
          .query("INSERT INTO audit (at_ms, user, address, what, target, outcome, detail) VALUES (?, ?, ?, ?, ?, ?, ?)")
          .run(...(values as SQLQueryBindings[])),
      );
    },
    read(query) {
      const items = attempt((open) => readItems(open, query));
      if (items === null) throw new MultivisorError("STORE_UNAVAILABLE", `Cannot read the audit: ${problem}`);
      return items;
    },
    close() {
      db?.close();
      db = null;
    },
  };
}

function openFile(path: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const db = new Database(path, { create: true, strict: true });
  try {
    db.run("PRAGMA busy_timeout = 20");
    db.run("PRAGMA journal_mode = WAL");
    db.run("PRAGMA synchronous = FULL");
    const version = pragma(db, "user_version");
    if (version > MIGRATIONS.length)
      throw new Error(`it is of version ${version}, this program knows ${MIGRATIONS.length}`);
    for (const [i, sql] of MIGRATIONS.entries()) {
      if (i < version) continue;
      db.transaction(() => {
        db.run(sql);
        db.run(`PRAGMA application_id = ${APPLICATION_ID}`);
        db.run(`PRAGMA user_version = ${i + 1}`);
      }).immediate();
    }
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

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
