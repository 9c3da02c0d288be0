import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { drizzle } from "drizzle-orm/bun-sqlite";
import { ClosableDatabase } from "./closable-database.ts";
import { migrate } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";

export type HistoryDatabase = ReturnType<typeof openDatabase>;

/** "MVhi": tells our file from another program's. */
export const APPLICATION_ID = 0x4d566869;

/**
 * Makes the file and its folder where there is none, and brings it to the newest version.
 * @param path of the file, or ":memory:"
 * @param isOlderTaken whether one of an older version is brought to the newest, which may take minutes
 * @throws WrongDatabase, OlderDatabase, or whatever SQLite says
 */
export function openDatabase(path: string, migrations: readonly string[] = MIGRATIONS, isOlderTaken = true) {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true });
  const client = new ClosableDatabase(path, { create: true, strict: true });
  try {
    client.run("PRAGMA busy_timeout = 20"); // everything else waits as well
    migrate(client, path, { what: "history", applicationId: APPLICATION_ID, migrations }, isOlderTaken);
    client.run("PRAGMA journal_mode = WAL");
    // What a power cut takes away, the agents' journals still have: the cursor goes with it.
    client.run("PRAGMA synchronous = NORMAL");
    // Rows of many processes go to many pages of the indexes: kept, and written back together.
    client.run("PRAGMA cache_size = -32000");
    // Rarely, so that a page that changes again and again is written back once: 64 MB of log.
    client.run("PRAGMA wal_autocheckpoint = 16000");
    client.run("PRAGMA journal_size_limit = 65536000");
    return Object.assign(drizzle(client), { close: () => client.close() });
  } catch (error) {
    client.close();
    throw error;
  }
}

/** Renames the file, with what belongs to it. @param why becomes part of its name. @returns its new path */
export function setAside(path: string, nowMs: number, why = "corrupt"): string {
  const stamp = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = `${path}.${why}-${stamp}`;
  for (const suffix of ["", "-wal", "-shm"]) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  return aside;
}
