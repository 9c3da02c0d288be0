import { readdirSync, readFileSync } from "node:fs";

/** Inherited by everything the demo starts, and so by what its supervisords start: by this an orphan is known. */
export const DEMO_MARK = "MULTIVISOR_DEMO_DIR";

function environOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "latin1");
  } catch {
    return ""; // gone, another user's, or no /proc on this system
  }
}

function processIds(): string[] {
  try {
    return readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  } catch {
    return [];
  }
}

/**
 * Process ids of everything alive that was started, at whatever distance, with this value of a variable in its environment:
 * by the demo in that folder, unless another variable is named. None where there is no /proc.
 */
export const markedProcesses = (value: string, mark = DEMO_MARK): number[] =>
  processIds()
    .filter((pid) => `\0${environOf(pid)}\0`.includes(`\0${mark}=${Buffer.from(value).toString("latin1")}\0`))
    .map(Number)
    .filter((pid) => pid !== process.pid);

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // gone in the meantime
    }
  }
}
