import type { Stats } from "node:fs";
import { lastLines, MAX_TAIL_BYTES } from "./last-lines.ts";

/** The end of a log file as it was at one moment. */
export type Tail = {
  readonly text: string;
  /** when it was read, our clock, epoch ms */
  readonly takenMs: number;
  /** when the file had been written last, as the file system says; null: not known */
  readonly writtenMs: number | null;
};

const fs = () => process.getBuiltinModule("node:fs");

/**
 * Reads the end of a log, now and in one go: a moment later the next run may have filled it.
 * @param sinceMs what was rotated away earlier than this belongs to an earlier run; null: not known
 * @returns null where there is no such file; "denied" where only supervisord may read it
 */
export function readFileTail(path: string, sinceMs: number | null, now: () => number): Tail | "denied" | null {
  if (!path.startsWith("/")) return null;
  try {
    // Never opens what it would have to wait for: logs may be pipes and terminals.
    if (!fs().statSync(path).isFile()) return null;
    const { bytes, stat } = readEnd(path, MAX_TAIL_BYTES + 4);
    const takenMs = now();
    const whole = bytes.length === stat.size;
    const before = whole && bytes.length < MAX_TAIL_BYTES ? rotatedAway(`${path}.1`, sinceMs, bytes.length) : null;
    const text =
      before === null ? lastLines(bytes, whole) : lastLines(Buffer.concat([before.bytes, bytes]), before.whole);
    return { text, takenMs, writtenMs: stat.mtimeMs };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    return code === "EACCES" || code === "EPERM" ? "denied" : null;
  }
}

function rotatedAway(path: string, sinceMs: number | null, have: number) {
  if (sinceMs === null) return null;
  try {
    const stat = fs().statSync(path);
    if (!stat.isFile() || stat.mtimeMs < sinceMs) return null;
    const read = readEnd(path, MAX_TAIL_BYTES + 4 - have);
    return { bytes: read.bytes, whole: read.bytes.length === read.stat.size };
  } catch {
    return null;
  }
}

/** The last bytes of a file, at most `most`. @throws what the file system says */
function readEnd(path: string, most: number): { bytes: Uint8Array; stat: Stats } {
  const fd = fs().openSync(path, "r");
  try {
    const stat = fs().fstatSync(fd);
    const length = Math.min(stat.size, most);
    const bytes = new Uint8Array(length);
    const got = length === 0 ? 0 : fs().readSync(fd, bytes, 0, length, stat.size - length);
    return { bytes: bytes.subarray(0, got), stat };
  } finally {
    fs().closeSync(fd);
  }
}
