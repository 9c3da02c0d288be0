import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { rssMb } from "../../test/support/process-figures.ts";
import { childrenOf } from "./process-tree.ts";

/** What a process holds of its machine. */
export type Footprint = {
  readonly pid: number;
  readonly files: number;
  /** how many of each kind: "socket", "anon_inode", a path */
  readonly kinds: ReadonlyMap<string, number>;
  readonly rssMb: number;
  readonly children: number;
  /** how often its main thread woke up by itself within a second: timers that nobody stopped show here */
  readonly wakesPerS: number;
};

function kindsOf(pid: number): Map<string, number> {
  const kinds = new Map<string, number>();
  for (const fd of readdirSync(`/proc/${pid}/fd`)) {
    const kind = nameOf(`/proc/${pid}/fd/${fd}`).replace(/:\[\d+\]$/, "");
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

function nameOf(fd: string): string {
  try {
    return readlinkSync(fd);
  } catch {
    return "closed meanwhile";
  }
}

const LOOK_MS = 2_000;

const wakes = (pid: number): number =>
  Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

export async function footprintOf(pid: number): Promise<Footprint> {
  const before = wakes(pid);
  await Bun.sleep(LOOK_MS);
  return {
    pid,
    files: readdirSync(`/proc/${pid}/fd`).length,
    kinds: kindsOf(pid),
    rssMb: Math.round(rssMb(pid)),
    children: childrenOf(pid).length,
    wakesPerS: (wakes(pid) - before) / (LOOK_MS / 1_000),
  };
}
