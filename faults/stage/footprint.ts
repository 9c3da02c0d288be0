import { readdirSync, readFileSync } from "node:fs";
import { rssMb } from "../../test/support/process-figures.ts";
import { childrenOf } from "./process-tree.ts";

/** What a process holds of its machine. */
export type Footprint = {
  readonly pid: number;
  readonly files: number;
  readonly rssMb: number;
  readonly children: number;
  /** how often its main thread woke up by itself within a second: timers that nobody stopped show here */
  readonly wakesPerS: number;
};

const LOOK_MS = 2_000;

const wakes = (pid: number): number =>
  Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

export async function footprintOf(pid: number): Promise<Footprint> {
  const before = wakes(pid);
  await Bun.sleep(LOOK_MS);
  return {
    pid,
    files: readdirSync(`/proc/${pid}/fd`).length,
    rssMb: Math.round(rssMb(pid)),
    children: childrenOf(pid).length,
    wakesPerS: (wakes(pid) - before) / (LOOK_MS / 1_000),
  };
}
