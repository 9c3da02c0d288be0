import { existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname } from "node:path";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { type Journal, openJournal } from "./journal.ts";

/**
 * Opens the journal, whatever state its file is in: one that cannot be read is set aside under another name and a new
 * one, with a new epoch, begun. Where nothing can be written at all, it is kept in memory.
 * @throws MultivisorError where another process has it open
 */
export function openJournalFile(path: string, log: Logger, now: () => number = Date.now): Journal {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o750 });
    return existsSync(path) ? openOrReplace(path, log, now) : openJournal(path);
  } catch (error) {
    if (error instanceof MultivisorError) throw error;
    log.error(`Cannot keep the journal in ${path}: ${messageOf(error)}; it is in memory and ends with this agent`);
    return openJournal(":memory:");
  }
}

function openOrReplace(path: string, log: Logger, now: () => number): Journal {
  try {
    return openJournal(path);
  } catch (error) {
    if (isLocked(error))
      throw new MultivisorError("BAD_CONFIG", `Cannot open the journal ${path}: another process has it open`);
    const aside = `${path}.unreadable-${new Date(now()).toISOString().replaceAll(":", "")}`;
    log.error(`Cannot read the journal ${path}: ${messageOf(error)}; it is set aside as ${aside} and a new one begins`);
    for (const suffix of ["", "-wal", "-shm"]) if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
    return openJournal(path);
  }
}

const isLocked = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
