import { type BigIntStats, constants } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { MultivisorError, messageOf } from "../../domain/errors.ts";

/** A log file, open for reading; closing it is the caller's. */
export type LogFile = {
  readonly handle: FileHandle;
  /** tells it from the file that is made at the same path later, even where that gets the same inode */
  readonly id: string;
  readonly size: number;
};

/** Not blocked by a FIFO, no terminal taken, no link followed that was not looked at before. */
const FLAGS = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY | constants.O_NOFOLLOW;

export const fileId = ({ ino, birthtimeNs }: BigIntStats): string => `${ino.toString(36)}.${birthtimeNs.toString(36)}`;

export const errnoOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";

/** True where supervisord may be able to read what we may not. */
export const isNotPermitted = (error: unknown): boolean => ["EACCES", "EPERM"].includes(errnoOf(error));

/**
 * @throws MultivisorError NO_LOG where nothing is there; FORBIDDEN for what is no regular file, and for a link that belongs to
 * neither root nor us: whoever may write a log could otherwise have us read any file of the host. Else what `open` throws
 */
export async function openLogFile(path: string): Promise<LogFile> {
  const target = await throughLink(path).catch((error) => {
    throw asLogError(path, error);
  });
  const handle = await open(target, FLAGS).catch((error) => {
    throw asLogError(path, error);
  });
  const stats = await handle.stat({ bigint: true });
  if (stats.isFile()) return { handle, id: fileId(stats), size: Number(stats.size) };
  await handle.close();
  throw notAFile(path);
}

/** A device or FIFO is not even opened. */
async function throughLink(path: string): Promise<string> {
  const stats = await lstat(path);
  if (stats.isFile()) return path;
  if (!stats.isSymbolicLink()) throw notAFile(path);
  if (stats.uid !== 0 && stats.uid !== process.getuid?.())
    throw new MultivisorError("FORBIDDEN", `Cannot read ${path}: a symbolic link that belongs to another user`);
  const target = await realpath(path);
  if (!(await lstat(target)).isFile()) throw notAFile(path);
  return target;
}

const notAFile = (path: string) =>
  new MultivisorError(
    "FORBIDDEN",
    `Cannot read ${path}: it is not a regular file, so what is written there is not kept`,
  );

function asLogError(path: string, error: unknown): unknown {
  const code = errnoOf(error);
  if (code === "ENOENT" || code === "ENOTDIR")
    return new MultivisorError("NO_LOG", `Cannot read ${path}: no such file`);
  if (code === "ELOOP") return new MultivisorError("FORBIDDEN", `Cannot read ${path}: ${messageOf(error)}`);
  return error;
}
