import { MultivisorError } from "../../domain/errors.ts";
import type { Rpc } from "../rpc-client.ts";
import type { LogBytes } from "./log-bytes.ts";
import { describeLog, type LogOf } from "./log-of.ts";

/** What one call is asked for: supervisord does nothing else while it answers. */
const CALL_BYTES = 64 * 1_024;
/** Calls for one reading; what cannot be had with so many is given up. */
const MAX_CALLS = 200;
/** Stands in the place of each byte that supervisord cannot send; no text begins with it, so it shows as U+FFFD. */
const UNSENDABLE = 0x80;
/** A piece may begin and end within a character: bytes to leave out before and after. */
const CUTS = [
  [0, 0],
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 0],
  [2, 0],
  [3, 0],
] as const;

const encoder = new TextEncoder();

function reader(rpc: Rpc, of: LogOf): (offset: number, length: number) => Promise<Uint8Array> {
  const method =
    of.kind === "main" ? "readLog" : of.channel === "stdout" ? "readProcessStdoutLog" : "readProcessStderrLog";
  const name = of.kind === "main" ? [] : [of.namespec];
  return async (offset, length) => encoder.encode(String(await rpc(`supervisor.${method}`, ...name, offset, length)));
}

/**
 * A log as supervisord sends it: the file without its backups, and only what is UTF-8. Every byte that is not comes as
 * one that is not text either.
 * @throws MultivisorError NO_LOG where there is none
 */
export async function openRpcLog(rpc: Rpc, of: LogOf): Promise<LogBytes> {
  const read = reader(rpc, of);
  const size = await sizeOf(rpc, of, read);
  return {
    source: "supervisord",
    size,
    readAt: (position, length) => readValid(read, position, Math.max(0, length)),
    cursorAt: (position) => `rpc:${position}`,
    positionOf(cursor) {
      const position = cursor.startsWith("rpc:") ? Number(cursor.slice(4)) : Number.NaN;
      return position <= size ? position : null;
    },
    etag: `"rpc-${size}"`,
    files: [],
    close: async () => {},
  };
}

async function sizeOf(rpc: Rpc, of: LogOf, read: ReturnType<typeof reader>): Promise<number> {
  if (of.kind === "main") return sizeByReading(read);
  const method = of.channel === "stdout" ? "tailProcessStdoutLog" : "tailProcessStderrLog";
  const answer = await rpc(`supervisor.${method}`, of.namespec, 0, 0);
  const size = Array.isArray(answer) ? Number(answer[1]) : Number.NaN;
  if (!Number.isFinite(size)) throw new MultivisorError("BAD_WIRE", `Cannot read the size of ${describeLog(of)}`);
  // It says 0 where there is no file, too; reading says which.
  if (size === 0) await read(0, 1).catch(asNoLog(of));
  return size;
}

/** There is no call for the size of supervisord's own log: past its end there is nothing. */
async function sizeByReading(read: ReturnType<typeof reader>): Promise<number> {
  const has = (position: number) =>
    read(position, 1).then(
      (bytes) => bytes.length > 0,
      (error) => isUnsendable(error) || Promise.reject(error),
    );
  let [low, high] = [0, 1_024];
  while (await has(high - 1)) [low, high] = [high, high * 2];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await has(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const asNoLog = (of: LogOf) => (error: unknown) => {
  if (error instanceof MultivisorError && (error.code === "NO_FILE" || error.code === "FAILED"))
    throw new MultivisorError("NO_LOG", `Cannot read ${describeLog(of)}: supervisord keeps none`);
  throw error;
};

/** HTTP 500 is how supervisord says that the bytes are no UTF-8. */
const isUnsendable = (error: unknown): boolean => error instanceof MultivisorError && error.code === "FAILED";

/** Every byte has its place; those that cannot be sent are UNSENDABLE. */
async function readValid(read: ReturnType<typeof reader>, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length).fill(UNSENDABLE);
  let calls = 0;
  const attempt = async (at: number, n: number): Promise<Uint8Array | null> => {
    if (n <= 0 || ++calls > MAX_CALLS) return null;
    return read(offset + at, n).catch((error) => (isUnsendable(error) ? null : Promise.reject(error)));
  };
  let n = CALL_BYTES;
  for (let at = 0; at < length && calls < MAX_CALLS; ) {
    n = Math.min(n, length - at);
    let found: Uint8Array | null = null;
    let skip = 0;
    for (const [before, after] of CUTS) {
      skip = before;
      found = await attempt(at + before, n - before - after);
      if (found !== null) break;
    }
    if (found !== null) {
      bytes.set(found.subarray(0, length - at - skip), at + skip);
      if (found.length === 0) return bytes.subarray(0, at); // its end
      at += skip + found.length;
      n = CALL_BYTES;
    } else if (n > 4) n = Math.floor(n / 2);
    else at += 1;
  }
  return bytes;
}
