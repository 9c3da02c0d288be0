import { Database, SQLiteError } from "bun:sqlite";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { Logger } from "../../lib/logger.ts";

/** How long a hub that ends may take to let go. */
const WAIT_MS = 3_000;

/**
 * Makes this hub the only one that writes to the database: two would write everything twice. The lock is the operating
 * system's, on a file beside the database, so it ends with the hub however that ends; readers are not kept out.
 * @returns lets go
 * @throws MultivisorError BAD_CONFIG where another hub has it
 */
export function holdDatabase(path: string, log: Logger, waitMs = WAIT_MS): () => void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const lock = new Database(`${path}-hub`, { create: true });
    try {
      lock.run(`PRAGMA busy_timeout = ${waitMs}`);
      lock.run("BEGIN EXCLUSIVE");
      return () => lock.close();
    } catch (error) {
      lock.close();
      throw error;
    }
  } catch (error) {
    if (error instanceof SQLiteError && error.code === "SQLITE_BUSY")
      throw new MultivisorError(
        "BAD_CONFIG",
        `Cannot use the history ${path}: another hub writes to it; end that one, or name another file with --db`,
      );
    // A folder that cannot be written is no reason not to run: the history says so by itself.
    log.debug(`Cannot lock the history ${path}: ${messageOf(error)}`);
    return () => {};
  }
}
