import { allExited, type Child } from "./child.ts";
import { killAll, markedProcesses } from "./descendants.ts";

const GRACE_MS = 3_000;

/**
 * Ends what the demo started: politely, then the programs that hold their supervisord up, then everything. Zombies have
 * no environment and are not counted.
 * @param dir marks the demo's processes
 * @returns process ids of what could not be ended
 */
export async function shutDown(children: readonly Child[], dir: string): Promise<number[]> {
  for (const child of children) child.signal("SIGTERM");
  const started = new Set(children.map((child) => child.pid));
  if (!(await allExited(children, GRACE_MS))) {
    killAll(markedProcesses(dir).filter((pid) => !started.has(pid)));
    if (!(await allExited(children, GRACE_MS))) for (const child of children) child.signal("SIGKILL");
  }
  return sweep(dir);
}

/** A program that forks while it is being killed may need a second look. */
async function sweep(dir: string): Promise<number[]> {
  const deadline = Date.now() + GRACE_MS;
  let left = markedProcesses(dir);
  while (left.length > 0 && Date.now() < deadline) {
    killAll(left);
    await Bun.sleep(10);
    left = markedProcesses(dir);
  }
  return left;
}
