import {
  chmodSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import type { Logger } from "../../lib/logger.ts";
import { checkHistory, openExisting, refuse } from "./existing-history.ts";
import { holdDatabase } from "./hold-database.ts";
import { setAside } from "./open-database.ts";
import { storeFailure } from "./store-failure.ts";

/**
 * Puts a copy in the place of the history; what was there is set aside.
 * @returns where the old one is now; null: there was none
 * @throws MultivisorError BAD_CONFIG where a hub uses it, the copy is none, or it cannot be written; then nothing has changed
 */
export function restoreDatabase(path: string, file: string, nowMs: number, log: Logger): string | null {
  checkCopy(path, file);
  const letGo = holdDatabase(path, log, 0);
  const folder = dirname(resolve(path));
  const partial = `${resolve(path)}.partial`;
  try {
    mkdirSync(folder, { recursive: true });
    // First the whole of the new one, so that a full disk leaves the old one in place.
    copyWhole(file, partial);
    const aside = existsSync(path) ? setAside(path, nowMs, "before-restore") : null;
    renameSync(partial, path);
    return aside;
  } catch (error) {
    return refuse(`Cannot restore ${file}: ${storeFailure(error, path).reason}; nothing has changed`);
  } finally {
    letGo();
    leaveToOwner(folder, [path, `${path}-hub`]);
  }
}

function checkCopy(path: string, file: string): void {
  const copy = openExisting(file);
  try {
    checkHistory(copy, file);
    if (isSameFile(path, file)) refuse(`Cannot restore ${file}: it is the history itself; name a copy of it`);
    const found = copy.query<Record<string, string>, []>("PRAGMA quick_check(1)").get();
    const verdict = Object.values(found ?? {})[0];
    if (verdict !== "ok") refuse(`Cannot use ${file}: it is damaged (${verdict})`);
  } finally {
    copy.close();
  }
}

function isSameFile(a: string, b: string): boolean {
  const [first, second] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false }));
  return first !== undefined && first.ino === second?.ino && first.dev === second.dev;
}

/** It is on the disk before it takes the other's place, and nobody else's to read. @throws what the system says; then it is gone */
function copyWhole(from: string, to: string): void {
  rmSync(to, { force: true });
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL); // a link that waits there leads nowhere
    chmodSync(to, 0o600);
    const file = openSync(to, "r+");
    fsyncSync(file);
    closeSync(file);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
}

/** Root restores what a hub of another user is to write. */
function leaveToOwner(folder: string, paths: readonly string[]): void {
  if (process.getuid?.() !== 0) return;
  const owner = statSync(folder, { throwIfNoEntry: false });
  if (owner === undefined) return;
  for (const path of paths) if (existsSync(path)) lchownSync(path, owner.uid, owner.gid);
}
