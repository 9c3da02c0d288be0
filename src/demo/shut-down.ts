import { allExited, type Child } from "./child.ts";
import { killAll, markedProcesses } from "./descendants.ts";

const GRACE_MS = 3_000;

/**
 * Ends what the demo started: politely, then the programs that hold their supervisord up, then everything. Zombies have
 * no environment, so what is left after the last sweep is nothing.
 * @param dir marks the demo's processes
 */
export async function shutDown(children: readonly Child[], dir: string): Promise<void> {
  for (const child of children) child.signal("SIGTERM");
  const started = new Set(children.map((child) => child.pid));
  if (!(await allExited(children, GRACE_MS))) {
    killAll(markedProcesses(dir).filter((pid) => !started.has(pid)));
    if (!(await allExited(children, GRACE_MS))) for (const child of children) child.signal("SIGKILL");
  }
  await sweep(dir);
}

/** A program that forks while it is being killed may need a second look. */
async function sweep(dir: string): Promise<void> {
  const deadline = Date.now() + GRACE_MS;
  for (let left = markedProcesses(dir); left.length > 0 && Date.now() < deadline; left = markedProcesses(dir)) {
    killAll(left);
    await Bun.sleep(10);
  }
}
