import type { FSWatcher } from "node:fs";
import { isMainLogLine } from "../../supervisord/main-log-line.ts";

const fs = () => process.getBuiltinModule("node:fs");

/** Read at once, at most: of a log that grew by more, the newest lines. */
const MAX_READ_BYTES = 512 * 1_024;
const PROBE_BYTES = 8 * 1_024;
/** A log that was not found is looked for again after so long. */
const LOOK_AGAIN_MS = 10_000;

export type MainLogFile = {
  /** What was written since the last call, complete lines, oldest first; null where the file cannot be read. */
  readonly readNew: () => readonly string[] | null;
  /**
   * Calls back when something is written: an end stands there before its event is sent. Begins with the next `readNew`
   * that finds the file. Ends with the signal.
   */
  readonly watch: (onChange: () => void, signal: AbortSignal) => void;
};

/**
 * Follows supervisord's main log, which only supervisord itself can name: it is that of its open files which is none of
 * the logs of its processes and looks like one.
 * @param isProcessLog whether a path is the log of a process
 */
export function createMainLogFile(supervisordPid: number, isProcessLog: (path: string) => boolean): MainLogFile {
  let path: string | null = null;
  let lookedMs = Number.NEGATIVE_INFINITY;
  let inode = 0;
  let offset = 0;
  let rest = "";
  let watcher: FSWatcher | null = null;
  let watched: { readonly onChange: () => void; readonly signal: AbortSignal } | null = null;

  /** The file itself, not its folder, in which other logs may be busy: so after a rotation it is to be done again. */
  const rewatch = (file: string): void => {
    watcher?.close();
    watcher = null;
    if (watched === null || watched.signal.aborted) return;
    watcher = fs().watch(file, { persistent: false }, watched.onChange);
    watcher.on("error", () => watcher?.close());
  };
  const find = (): string | null => {
    if (performance.now() - lookedMs < LOOK_AGAIN_MS) return null;
    lookedMs = performance.now();
    return findMainLog(supervisordPid, isProcessLog);
  };

  const take = (file: string, from: number): void => {
    const { text, end, ino, skipped } = readFrom(file, from);
    rest = skipped ? text : rest + text;
    offset = end;
    if (ino !== inode && file === path) rewatch(file);
    inode = ino;
  };

  const read = (file: string): void => {
    const stat = fs().statSync(file);
    if (stat.ino === inode && stat.size >= offset) {
      if (stat.size > offset) take(file, offset);
      return;
    }
    // Rotated: the rest of the old one first.
    const old = `${file}.1`;
    if (inode !== 0 && fs().existsSync(old) && fs().statSync(old).ino === inode) take(old, offset);
    take(file, 0);
  };

  return {
    readNew() {
      try {
        path ??= find();
        if (path === null) return null;
        read(path);
      } catch {
        path = null;
        return null;
      }
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      return lines;
    },
    watch(onChange, signal) {
      watched = { onChange, signal };
      signal.addEventListener("abort", () => watcher?.close(), { once: true });
    },
  };
}

/** From `from` to the end, or the last MAX_READ_BYTES of that. */
function readFrom(path: string, from: number): { text: string; end: number; ino: number; skipped: boolean } {
  const fd = fs().openSync(path, "r");
  try {
    const { size, ino } = fs().fstatSync(fd);
    const start = Math.max(from, size - MAX_READ_BYTES);
    const bytes = new Uint8Array(Math.max(0, size - start));
    const got = bytes.length === 0 ? 0 : fs().readSync(fd, bytes, 0, bytes.length, start);
    return { text: new TextDecoder().decode(bytes.subarray(0, got)), end: start + got, ino, skipped: start > from };
  } finally {
    fs().closeSync(fd);
  }
}

export function findMainLog(pid: number, isProcessLog: (path: string) => boolean): string | null {
  const folder = `/proc/${pid}/fd`;
  const fds = fs()
    .readdirSync(folder)
    .map(Number)
    .sort((a, b) => a - b);
  for (const fd of fds) {
    try {
      const path = fs().readlinkSync(`${folder}/${fd}`);
      // 0, 1 and 2 of a supervisord in the foreground repeat it, and stop when nobody keeps them.
      if (fd < 3 || !path.startsWith("/") || isProcessLog(path)) continue;
      if (fs().statSync(path).isFile() && looksLikeIt(path)) return path;
    } catch {
      // closed meanwhile, or deleted
    }
  }
  return null;
}

function looksLikeIt(path: string): boolean {
  const fd = fs().openSync(path, "r");
  try {
    const { size } = fs().fstatSync(fd);
    const bytes = new Uint8Array(Math.min(size, PROBE_BYTES));
    fs().readSync(fd, bytes, 0, bytes.length, size - bytes.length);
    return new TextDecoder().decode(bytes).split("\n").some(isMainLogLine);
  } finally {
    fs().closeSync(fd);
  }
}
