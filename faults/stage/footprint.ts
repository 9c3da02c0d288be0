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

/** Open for a moment while it looks at itself, and what libfaketime holds. */
const PASSING = /^\/(?:proc|dev\/shm\/faketime_shm_)/;

function kindsOf(pid: number): Map<string, number> {
  const names = readdirSync(`/proc/${pid}/fd`).map((fd) => nameOf(`/proc/${pid}/fd/${fd}`));
  const visitors = visitorsOf(names);
  const kinds = new Map<string, number>();
  for (const name of names) {
    const kind = name.replace(/:\[\d+\]$/, "");
    if (!visitors.has(name) && !PASSING.test(name)) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  return kinds;
}

const ESTABLISHED = "01";
const LISTENS = "0A";

/** Connections that others keep open to it, as this test does: not its own to close. */
function visitorsOf(names: readonly string[]): Set<string> {
  const own = new Set(names);
  const sockets = readFileSync("/proc/net/tcp", "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .map(([, local = "", , state = "", , , , , , inode = ""]) => ({
      ...{ port: local.split(":")[1] ?? "", state, name: `socket:[${inode}]` },
    }))
    .filter(({ name }) => own.has(name));
  const ports = new Set(sockets.filter(({ state }) => state === LISTENS).map(({ port }) => port));
  const visitors = sockets.filter(({ port, state }) => state === ESTABLISHED && ports.has(port));
  return new Set(visitors.map(({ name }) => name));
}

function nameOf(fd: string): string {
  try {
    return readlinkSync(fd);
  } catch {
    return "closed meanwhile";
  }
}

const LOOK_MS = 2_000;
/**
 * The runtime wakes by itself for a while where there was much to clear away, a timer that nobody stopped wakes for ever: it
 * is looked again, until it is this quiet.
 */
const QUIET_PER_S = 20;
const MOST_LOOKS = 10;

const wakes = (pid: number): number =>
  Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

async function wakesPerS(pid: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let looks = 0; looks < MOST_LOOKS && least > QUIET_PER_S; looks++) {
    const before = wakes(pid);
    await Bun.sleep(LOOK_MS);
    least = Math.min(least, (wakes(pid) - before) / (LOOK_MS / 1_000));
  }
  return least;
}

export async function footprintOf(pid: number): Promise<Footprint> {
  const perS = await wakesPerS(pid);
  const kinds = kindsOf(pid);
  return {
    pid,
    files: kinds.values().reduce((sum, count) => sum + count, 0),
    kinds,
    rssMb: Math.round(rssMb(pid)),
    children: childrenOf(pid).length,
    wakesPerS: perS,
  };
}
