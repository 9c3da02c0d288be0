import { stat } from "node:fs/promises";
import { backupPath, MAX_BACKUPS } from "./log-chain.ts";
import { fileId, type LogFile, openLogFile } from "./open-log-file.ts";

/** A file of the chain as it is now; `n` is its backup's number, 0 the file itself. */
type Seen = { readonly n: number; readonly id: string; readonly size: number; readonly mtimeNs: bigint };

export type Successor = {
  readonly file: LogFile;
  /** why the one before is over */
  readonly note: "rotated" | "cleared" | "skipped";
  /** bytes of files in between that are newer than this one */
  readonly newer: number;
};

async function look(path: string, n: number): Promise<Seen | null> {
  const stats = await stat(backupPath(path, n), { bigint: true }).catch(() => null);
  if (stats === null || !stats.isFile()) return null;
  return { n, id: fileId(stats), size: Number(stats.size), mtimeNs: stats.mtimeNs };
}

/** Backups in a row, newest first. */
async function lookAtBackups(path: string): Promise<Seen[]> {
  const backups: Seen[] = [];
  for (let n = 1; n <= MAX_BACKUPS; n++) {
    const seen = await look(path, n);
    if (seen === null) break;
    backups.push(seen);
  }
  return backups;
}

/** A backup does not change any more, so this stays with it under all its names. */
const markOf = ({ id, size, mtimeNs }: Seen): string => `${id}.${size}.${mtimeNs}`;

/** What tells the backups that are older than this file from those that come later. */
export async function olderMarks(path: string, id: string): Promise<ReadonlySet<string>> {
  const backups = await lookAtBackups(path);
  const own = backups.findIndex((seen) => seen.id === id);
  return new Set(backups.slice(own + 1).map(markOf));
}

/**
 * The file that goes on where `current` ended; null where `current` is still the newest, or nothing is known yet.
 * @param old marks of the backups that are older than `current`
 */
export async function openSuccessor(
  path: string,
  current: { readonly id: string; readonly isDeleted: () => Promise<boolean> },
  old: ReadonlySet<string>,
): Promise<Successor | null> {
  const base = await look(path, 0);
  if (base?.id === current.id) return null;
  const backups = await lookAtBackups(path);
  const own = backups.findIndex(({ id }) => id === current.id);
  if (own > 0) return follow(path, backups[own - 1], "rotated", sizeOf([base, ...backups.slice(0, own - 1)]));
  // Nothing is in the new file: the old one may still be written to, until supervisord is told to open its logs again.
  if (base === null || (base.size === 0 && !(await current.isDeleted()))) return null;
  if (own === 0) return follow(path, base, "rotated", 0);
  const unknown = backups.filter((seen) => !old.has(markOf(seen)));
  if (unknown.length === 0) return follow(path, base, (await current.isDeleted()) ? "cleared" : "rotated", 0);
  return follow(path, unknown.at(-1), "skipped", sizeOf([base, ...unknown.slice(0, -1)]));
}

const sizeOf = (files: readonly (Seen | null)[]): number => files.reduce((sum, file) => sum + (file?.size ?? 0), 0);

/** Names move on while we look: what was opened must be what was seen, else the next look decides. */
async function follow(
  path: string,
  seen: Seen | undefined,
  note: Successor["note"],
  newer: number,
): Promise<Successor | null> {
  if (seen === undefined) return null;
  const file = await openLogFile(backupPath(path, seen.n)).catch(() => null);
  if (file === null) return null;
  if (file.id === seen.id) return { file, note, newer };
  await file.handle.close();
  return null;
}
