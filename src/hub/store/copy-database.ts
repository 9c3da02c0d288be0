import { Database } from "bun:sqlite";
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";
import { holdDatabase } from "./hold-database.ts";
import { pragma } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { APPLICATION_ID, setAside } from "./open-database.ts";

const refuse = (message: string): never => {
  throw new MultivisorError("BAD_CONFIG", message);
};

function openExisting(path: string): Database {
  if (!existsSync(path)) return refuse(`Cannot read ${path}: there is no such file`);
  try {
    return new Database(path, { readwrite: true, create: false, strict: true });
  } catch (error) {
    return refuse(`Cannot read ${path}: ${messageOf(error)}`);
  }
}

/** @throws MultivisorError BAD_CONFIG where it is no history, or of a newer program */
function checkHistory(client: Database, path: string): void {
  try {
    if (pragma(client, "application_id") !== APPLICATION_ID)
      refuse(`Cannot use ${path}: it is no history of multivisor`);
  } catch (error) {
    if (error instanceof MultivisorError) throw error;
    refuse(`Cannot use ${path}: it is no history of multivisor (${messageOf(error)})`);
  }
  const version = pragma(client, "user_version");
  if (version > MIGRATIONS.length)
    refuse(`Cannot use ${path}: it is of version ${version}, this program knows ${MIGRATIONS.length}; use a newer one`);
}

/**
 * Writes a consistent copy of a history that may be in use. Nobody waits for it; the copy is as of its beginning.
 * @throws MultivisorError BAD_CONFIG where there is nothing to copy, or the copy's file is there already
 */
export function backUpDatabase(path: string, file: string): void {
  if (existsSync(file)) refuse(`Cannot write ${file}: it exists already; name another file`);
  const client = openExisting(path);
  const partial = `${resolve(file)}.partial`;
  try {
    client.run("PRAGMA busy_timeout = 10000");
    checkHistory(client, path);
    rmSync(partial, { force: true });
    client.query("VACUUM INTO ?").run(partial);
    renameSync(partial, file);
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof MultivisorError) throw error;
    refuse(`Cannot copy ${path} to ${file}: ${messageOf(error)}`);
  } finally {
    client.close();
  }
}

/**
 * Puts a copy in the place of the history; what was there is set aside.
 * @returns where the old one is now; null: there was none
 * @throws MultivisorError BAD_CONFIG where a hub uses it, or the copy is none; then nothing has changed
 */
export function restoreDatabase(path: string, file: string, nowMs: number, log: Logger): string | null {
  const copy = openExisting(file);
  try {
    checkHistory(copy, file);
    const found = copy.query<Record<string, string>, []>("PRAGMA quick_check(1)").get();
    const verdict = Object.values(found ?? {})[0];
    if (verdict !== "ok") refuse(`Cannot use ${file}: it is damaged (${verdict})`);
  } finally {
    copy.close();
  }
  const letGo = holdDatabase(path, log, 0);
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    // First the whole of the new one, so that a full disk leaves the old one in place.
    const partial = `${resolve(path)}.partial`;
    copyFileSync(file, partial);
    const aside = existsSync(path) ? setAside(path, nowMs, "before-restore") : null;
    renameSync(partial, path);
    return aside;
  } finally {
    letGo();
  }
}
