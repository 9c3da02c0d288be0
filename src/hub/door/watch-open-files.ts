import { readdirSync, readFileSync } from "node:fs";
import type { Logger } from "../../lib/logger.ts";

const LOOK_EVERY_MS = 10_000;
/** of the limit */
const NEARLY = 0.9;

/** The soft limit as the kernel has it; null where it does not tell (no Linux). */
function limit(): number | null {
  try {
    const line = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"));
    return line === null ? null : Number(line[1]);
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
  const most = limit();
  if (most === null) return () => {};
  let isNear = false;
  const timer = setInterval(() => {
    const open = openFiles();
    const near = open >= most * NEARLY;
    if (near && !isNear)
      log.warn(`${Number.isFinite(open) ? open : most} of ${most} files and connections are open: raise LimitNOFILE`);
    if (!near && isNear) log.info(`${open} of ${most} files and connections are open`);
    isNear = near;
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
