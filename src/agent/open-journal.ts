import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { type Journal, openJournal } from "./journal.ts";

/** Loaded where it is needed, which is seldom: node:fs costs 5 MB. */
const fs = () => process.getBuiltinModule("node:fs");

/**
 * Opens the journal, whatever state its file is in: one that cannot be read is set aside under another name and a new
 * one, with a new epoch, begun. Where nothing can be written at all, it is kept in memory.
 * @param paths the first that can be used is taken
 * @throws MultivisorError where another process has it open
 */
export function openJournalFile(
  paths: readonly string[],
  log: Logger,
  bootId: string | null = null,
  now: () => number = Date.now,
): Journal {
  const reasons: string[] = [];
  for (const path of paths) {
    try {
      return openOrReplace(path, log, bootId, now);
    } catch (error) {
      if (error instanceof MultivisorError) throw error;
      reasons.push(`${path}: ${messageOf(error)}`);
    }
  }
  log.error(`Cannot keep the journal in ${reasons.join(", ")}; it is in memory and ends with this agent`);
  return openJournal(":memory:");
}

function openOrReplace(path: string, log: Logger, bootId: string | null, now: () => number): Journal {
  try {
    return openJournal(path, bootId);
  } catch (error) {
    const code = sqliteCode(error);
    if (/^SQLITE_(BUSY|LOCKED)/.test(code))
      throw new MultivisorError("BAD_CONFIG", `Cannot open the journal ${path}: another process has it open`);
    if (/^SQLITE_(CANTOPEN|READONLY|PERM|AUTH)/.test(code)) makeFolder(path);
    else setAside(path, `Cannot read the journal ${path}: ${messageOf(error)}`, log, now);
    return openJournal(path, bootId);
  }
}

const sqliteCode = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const makeFolder = (path: string) =>
  fs().mkdirSync(path.replace(/[^/]*$/, "") || ".", { recursive: true, mode: 0o750 });

/** Renames a journal that nobody can use, where there is one, and says so. @param why one line */
export function setAside(path: string, why: string, log: Logger, now: () => number = Date.now): void {
  if (!fs().existsSync(path)) {
    log.error(`${why}; a new one begins`);
    return;
  }
  const aside = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(":", "")}`;
  log.error(`${why}; it is set aside as ${aside} and a new one begins`);
  for (const suffix of ["", "-wal", "-shm"])
    if (fs().existsSync(path + suffix)) fs().renameSync(path + suffix, aside + suffix);
}
