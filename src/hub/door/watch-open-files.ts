import { closeSync, openSync, readdirSync, readSync } from "node:fs";
import type { Logger } from "../../lib/logger.ts";

const LOOK_EVERY_MS = 10_000;
/** of the limit */
const NEARLY = 0.9;

const LIMITS_BYTES = 4_096;

/**
 * The soft limit as the kernel has it now; it can be changed while we run. Its file is held open: when the limit is
 * reached no other can be opened.
 * @returns null where there is no such file (no Linux)
 */
function openLimit(): { readonly now: () => number | null; readonly close: () => void } | null {
  try {
    const file = openSync("/proc/self/limits", "r");
    const bytes = Buffer.alloc(LIMITS_BYTES);
    const now = () => {
      const length = readSync(file, bytes, 0, LIMITS_BYTES, 0);
      const line = /^Max open files\s+(\d+)/m.exec(bytes.toString("latin1", 0, length));
      return line === null ? null : Number(line[1]);
    };
    return { now, close: () => closeSync(file) };
  } catch {
    return null;
  }
}

function openFiles(): number {
  try {
    return readdirSync("/proc/self/fd").length;
  } catch {
    return Number.POSITIVE_INFINITY; // none is left to look with
  }
}

/**
 * Every connection is an open file: where they run out nobody can come in any more, and nothing else would say so.
 * @returns ends it
 */
export function watchOpenFiles(log: Logger): () => void {
  const limit = openLimit();
  if (limit === null) return () => {};
  let isNear = false;
  const timer = setInterval(() => {
    const [open, most] = [openFiles(), limit.now()];
    if (most === null) return;
    const near = open >= most * NEARLY;
    if (near && !isNear)
      log.warn(`${Number.isFinite(open) ? open : most} of ${most} files and connections are open: raise LimitNOFILE`);
    if (!near && isNear) log.info(`${open} of ${most} files and connections are open`);
    isNear = near;
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    limit.close();
  };
}
