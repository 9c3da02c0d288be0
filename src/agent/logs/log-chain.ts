import { MultivisorError } from "../../domain/errors.ts";
import type { LogBytes } from "../../supervisord/logs/log-bytes.ts";
import { type LogFile, openLogFile } from "./open-log-file.ts";

/** supervisord's default is 10. */
export const MAX_BACKUPS = 100;

/** Path of the nth backup; 0: of the file itself. */
export const backupPath = (path: string, n: number): string => (n === 0 ? path : `${path}.${n}`);

type Placed = LogFile & { readonly start: number };

/** The file that a cursor names, wherever it has been renamed to; null where it is gone. */
export async function openAtCursor(path: string, cursor: string): Promise<{ file: LogFile; from: number } | null> {
  const [id, offset] = cursor.split(":");
  for (let n = 0; n <= MAX_BACKUPS; n++) {
    const file = await openLogFile(backupPath(path, n)).catch(() => null);
    if (file === null && n > 0) return null;
    if (file !== null && file.id === id && Number(offset) <= file.size) return { file, from: Number(offset) };
    await file?.handle.close();
  }
  return null;
}

/** A log's file and its backups, opened together. @throws as openLogFile, of the file itself; a backup that cannot be read ends the chain */
export async function openLogChain(path: string): Promise<LogBytes> {
  // Newest first: a rotation meanwhile shows the same file once more under its next name, and hides none.
  const newestFirst: LogFile[] = [await openNewest(path)];
  for (let n = 1; n <= MAX_BACKUPS; n++) {
    const file = await openLogFile(backupPath(path, n)).catch(() => null);
    if (file === null) break;
    if (newestFirst.some(({ id }) => id === file.id)) await file.handle.close();
    else newestFirst.push(file);
  }
  return chainOf(newestFirst.reverse());
}

/** Between the two steps of a rotation there is a backup and no file. */
async function openNewest(path: string): Promise<LogFile> {
  return openLogFile(path).catch((error) => {
    if (error instanceof MultivisorError && error.code === "NO_LOG")
      return openLogFile(backupPath(path, 1)).catch(() => Promise.reject(error));
    throw error;
  });
}

function chainOf(files: readonly LogFile[]): LogBytes {
  let size = 0;
  const placed = files.map((file): Placed => {
    const start = size;
    size += file.size;
    return { ...file, start };
  });
  const at = (position: number) => placed.findLast(({ start }) => start <= position) ?? placed[0];
  return {
    source: "file",
    files: placed.map(({ handle, start, size: length }) => ({ fd: handle.fd, start, size: length })),
    size,
    etag: `"${placed[0]?.id ?? ""}"`,
    readAt: (position, length) => readAcross(placed, position, length),
    cursorAt(position) {
      const file = at(position);
      return `${file?.id ?? ""}:${position - (file?.start ?? 0)}`;
    },
    positionOf(cursor) {
      const [id, offset] = cursor.split(":");
      const file = placed.find((one) => one.id === id);
      return file === undefined || Number(offset) > file.size ? null : file.start + Number(offset);
    },
    close: async () => void (await Promise.all(placed.map(({ handle }) => handle.close().catch(() => {})))),
  };
}

async function readAcross(files: readonly Placed[], position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(Math.max(0, length));
  let done = 0;
  for (const { handle, start, size } of files) {
    const from = position + done - start;
    if (from < 0 || from >= size || done >= length) continue;
    const wanted = Math.min(length - done, size - from);
    const read = await readFully(handle, bytes.subarray(done, done + wanted), from);
    done += read;
    if (read < wanted) break;
  }
  return bytes.subarray(0, done);
}

/** @returns bytes read; fewer only at the end of the file */
export async function readFully(handle: LogFile["handle"], into: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await handle.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
