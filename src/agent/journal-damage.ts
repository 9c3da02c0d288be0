import { messageOf } from "../domain/errors.ts";
import { sleep } from "../lib/sleep.ts";
import { rememberFile } from "../lib/sqlite-file.ts";
import type { Journal } from "./journal.ts";

const LOOK_EVERY_MS = 5_000;

/** Of what no waiting heals, unlike a full disk. */
const isDamage = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(error.code));

/** The same journal; whatever shows that its file is damaged is told as well as thrown. @param onDamage gets one line */
export function tellDamage(journal: Journal, onDamage: (what: string) => void): Journal {
  const telling =
    <A extends unknown[], R>(act: (...args: A) => R) =>
    (...args: A): R => {
      try {
        return act(...args);
      } catch (error) {
        if (isDamage(error)) onDamage(`The journal ${journal.path} is damaged (${messageOf(error)})`);
        throw error;
      }
    };
  const { append, read, expire } = journal;
  return { ...journal, append: telling(append), read: telling(read), expire: telling(expire) };
}

/**
 * SQLite goes on writing into a file that was deleted, and for a while into one that was cut off: the next run would find
 * nothing of it.
 * @returns one line that says what has become of the file; null at the end of the signal
 */
export async function watchJournalFile({ path }: Journal, signal: AbortSignal): Promise<string | null> {
  if (path === null) return null;
  const file = rememberFile(path);
  for (;;) {
    await sleep(LOOK_EVERY_MS, signal);
    if (signal.aborted) return null;
    const trouble = await file.trouble().catch(() => null); // SQLite tells better of what cannot even be looked at
    if (trouble !== null) return `The journal ${path} was ${trouble} while it was in use`;
  }
}
