import { MultivisorError } from "../../domain/errors.ts";
import { multicall } from "../multicall.ts";
import type { CallAll } from "../process-calls.ts";
import type { Rpc } from "../rpc-client.ts";
import type { LogBytes } from "./log-bytes.ts";
import { describeLog, type LogOf } from "./log-of.ts";

/** What one call is asked for: supervisord does nothing else while it answers. */
const CALL_BYTES = 64 * 1_024;
/** For one reading; what cannot be had with so many is given up. */
const MAX_REQUESTS = 100;
/** Stands in the place of each byte that supervisord cannot send; no text begins with it, so it shows as U+FFFD. */
const UNSENDABLE = 0x80;

const encoder = new TextEncoder();

/** A part of the file: offset and length. */
type Part = readonly [offset: number, length: number];
/** @returns of each part its bytes, null for what is not UTF-8 */
type ReadParts = (parts: readonly Part[]) => Promise<(Uint8Array | null)[]>;

/** By multicall even for one: a part that is not UTF-8 would else be HTTP 500, and a traceback in supervisord's log. */
function partsReader(callAll: CallAll, of: LogOf): ReadParts {
  const method =
    of.kind === "main" ? "readLog" : of.channel === "stdout" ? "readProcessStdoutLog" : "readProcessStderrLog";
  const name = of.kind === "main" ? [] : [of.namespec];
  return async (parts) => {
    const calls = parts.map(([offset, length]) => ({
      ...{ method: `supervisor.${method}`, params: [...name, offset, length], what: `read ${describeLog(of)}` },
    }));
    return (await callAll(calls)).map((outcome) => {
      if (!("error" in outcome)) return encoder.encode(String(outcome.value));
      if (outcome.error instanceof MultivisorError && outcome.error.code === "NO_FILE") throw noLog(of);
      if (isUnsendable(outcome.error)) return null;
      throw outcome.error;
    });
  };
}

const noLog = (of: LogOf) => new MultivisorError("NO_LOG", `Cannot read ${describeLog(of)}: supervisord keeps none`);

/**
 * A log as supervisord sends it: the file without its backups, and only what is UTF-8. Every byte that is not comes as
 * one that is not text either.
 * @param callAll several calls at once, where that is not by system.multicall
 * @throws MultivisorError NO_LOG where there is none
 */
export async function openRpcLog(
  rpc: Rpc,
  of: LogOf,
  callAll: CallAll = (calls) => multicall(rpc, calls),
): Promise<LogBytes> {
  const read = partsReader(callAll, of);
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

async function sizeOf(rpc: Rpc, of: LogOf, read: ReadParts): Promise<number> {
  if (of.kind === "main") return sizeByReading(read);
  const method = of.channel === "stdout" ? "tailProcessStdoutLog" : "tailProcessStderrLog";
  const answer = await rpc(`supervisor.${method}`, of.namespec, 0, 0);
  const size = Array.isArray(answer) ? Number(answer[1]) : Number.NaN;
  if (!Number.isFinite(size)) throw new MultivisorError("BAD_WIRE", `Cannot read the size of ${describeLog(of)}`);
  // It says 0 where there is no file, too; reading says which.
  if (size === 0) await read([[0, 1]]);
  return size;
}

/** There is no call for the size of supervisord's own log: past its end there is nothing. */
async function sizeByReading(read: ReadParts): Promise<number> {
  const has = async (position: number) => (await read([[position, 1]]))[0]?.length !== 0;
  let [low, high] = [0, 1_024];
  while (await has(high - 1)) [low, high] = [high, high * 2];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await has(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How supervisord says that bytes are no UTF-8. */
const isUnsendable = (error: unknown): boolean => error instanceof MultivisorError && error.code === "FAILED";

/** Every byte has its place. Fewer bytes where a character is cut at the end, or the file ends. */
async function readValid(read: ReadParts, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length).fill(UNSENDABLE);
  let longest = CALL_BYTES;
  let at = 0;
  for (let requests = 0; at < length && requests < MAX_REQUESTS; requests += 2) {
    const n = Math.min(longest, length - at);
    const found = await readWithin(read, offset + at, n);
    if (found !== null) {
      if (found.bytes.length === 0) return bytes.subarray(0, at); // its end
      bytes.set(found.bytes, at + found.skipped);
      at += found.skipped + found.bytes.length;
      longest = CALL_BYTES;
    } else if (n > MAX_CUT) longest = Math.floor(n / 2);
    else if (at > 0 && n === length - at && (await isCutChar(read, offset + at, n))) return bytes.subarray(0, at);
    else at += 1;
  }
  return bytes;
}

/** Bytes of a character that may be missing. */
const MAX_CUT = 3;
const CUTS = [1, 2, 3] as const;

/** A part may begin and end within a character. */
async function readWithin(
  read: ReadParts,
  at: number,
  n: number,
): Promise<{ skipped: number; bytes: Uint8Array } | null> {
  const [whole] = await read([[at, n]]);
  if (whole) return { skipped: 0, bytes: whole };
  const parts = CUTS.filter((cut) => cut < n).flatMap((cut): Part[] => [
    [at, n - cut],
    [at + cut, n - cut],
  ]);
  if (parts.length === 0) return null;
  const found = await read(parts);
  const i = found.findIndex((bytes) => bytes !== null && bytes.length > 0);
  const bytes = found[i];
  return bytes ? { skipped: (parts[i]?.[0] ?? at) - at, bytes } : null;
}

const isCutChar = async (read: ReadParts, at: number, n: number): Promise<boolean> =>
  (await read(CUTS.map((more): Part => [at, n + more]))).some((bytes) => bytes !== null && bytes.length > n);
