import type { SimulatedProcess } from "./process.ts";
import { fault } from "./rpc-faults.ts";

const LOOK_MS = 50;

/** Looks as supervisord does for its callers. */
async function until(isDone: () => boolean): Promise<true> {
  while (!isDone()) await Bun.sleep(LOOK_MS);
  return true;
}

/** What startProcess with wait=true answers. @throws SPAWN_ERROR, ABNORMAL_TERMINATION */
export const untilStarted = (process: SimulatedProcess): Promise<true> =>
  until(() => {
    const { group, name } = process.program;
    if (process.facts().spawnerr !== "") throw fault("SPAWN_ERROR", `${group}:${name}`);
    if (process.state() === "RUNNING") return true;
    if (process.state() !== "STARTING") throw fault("ABNORMAL_TERMINATION", `${group}:${name}`);
    return false;
  });

/** What stopProcess with wait=true answers. */
export const untilStopped = (process: SimulatedProcess): Promise<true> =>
  until(() => ["STOPPED", "EXITED", "FATAL"].includes(process.state()));
