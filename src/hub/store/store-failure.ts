import { SQLiteError } from "bun:sqlite";
import { messageOf } from "../../domain/errors.ts";
import type { DatabaseKind } from "./database-kind.ts";

/** Why a database cannot be used now. */
export type StoreFailure = {
  /** for people, on one line, with what to do */
  readonly reason: string;
  /** the file is damaged and no waiting will heal it */
  readonly corrupt: boolean;
  /** there is nothing left to be set aside: what is there now, if anything, is another file */
  readonly gone?: true;
  /** SQLite has opened it for reading alone, and goes on so when it can be written again: it has to be opened anew */
  readonly stale?: true;
};

/** Thrown where the file is sound, and not for us. */
export class WrongDatabase extends Error {
  override readonly name = "WrongDatabase";
}

/** Thrown where the file is to be brought to the newest version first. */
export class OlderDatabase extends Error {
  override readonly name = "OlderDatabase";
}

/** Thrown where what has become of the file shows before SQLite meets it. */
export class DamagedDatabase extends Error {
  override readonly name = "DamagedDatabase";
  constructor(
    message: string,
    readonly gone: boolean,
  ) {
    super(message);
  }
}

const REMEDIES: readonly (readonly [string, string])[] = [
  ["SQLITE_BUSY", "another program holds it locked; end that program"],
  ["SQLITE_LOCKED", "another program holds it locked; end that program"],
  ["SQLITE_READONLY", "it cannot be written; correct its owner or mode"],
  ["SQLITE_FULL", "the disk is full; make room"],
  ["SQLITE_CANTOPEN", "it cannot be opened; correct the path, its owner or mode, or name another with --db"],
  ["SQLITE_IOERR", "reading or writing failed; look after the disk"],
  ["SQLITE_PERM", "it may not be opened; correct its owner or mode"],
];

export function storeFailure(error: unknown, path: string, what: DatabaseKind["what"] = "history"): StoreFailure {
  const cause = rootCause(error);
  const code = cause instanceof SQLiteError ? (cause.code ?? "") : systemCode(cause);
  if (cause instanceof DamagedDatabase)
    return { reason: messageOf(cause), corrupt: true, ...(cause.gone && { gone: true }) };
  const corrupt = code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB";
  const remedy = REMEDIES.find(([prefix]) => code.startsWith(prefix))?.[1];
  const detail = messageOf(cause);
  if (corrupt) return { reason: `the ${what} ${path} is damaged (${detail})`, corrupt };
  if (cause instanceof WrongDatabase || cause instanceof OlderDatabase) return { reason: detail, corrupt };
  return {
    reason: `cannot write the ${what} ${path}: ${remedy === undefined ? detail : `${remedy} (${detail})`}`,
    corrupt,
    ...(code.startsWith("SQLITE_READONLY") && { stale: true }),
  };
}

/** drizzle wraps what SQLite threw. */
function rootCause(error: unknown): unknown {
  let cause = error;
  while (cause instanceof Error && cause.cause !== undefined) cause = cause.cause;
  return cause;
}

/** Making the folder fails with codes of the system. */
function systemCode(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "EACCES" || code === "EPERM" || code === "ENOTDIR" || code === "EROFS" || code === "EEXIST"
    ? "SQLITE_CANTOPEN"
    : code === "ENOSPC"
      ? "SQLITE_FULL"
      : code;
}
