import { type ProcStat, parseProcStat } from "./proc-stat.ts";

const fs = () => process.getBuiltinModule("node:fs");

/** Those that are none of ours are looked at again in one of so many passes: a process id may come back as ours. */
const FOREIGN_EVERY = 12;

export type ProcTable = {
  /** Everything that descends from `roots`, roots included, by process id; null where there is no /proc. */
  readonly read: (roots: ReadonlySet<number>) => ReadonlyMap<number, ProcStat> | null;
};

/** One pass over /proc, without those that were none of ours a moment ago. @param folder /proc */
export function createProcTable(folder = "/proc"): ProcTable {
  const foreign = new Set<number>();
  let known: ReadonlySet<number> = new Set();
  let pass = 0;

  const readAll = (): Map<number, ProcStat> => {
    const all = new Map<number, ProcStat>();
    for (const name of fs().readdirSync(folder)) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || (foreign.has(pid) && pid % FOREIGN_EVERY !== pass)) continue;
      const stat = readStat(folder, pid);
      if (stat !== null) all.set(pid, stat);
    }
    return all;
  };

  return {
    read(roots) {
      pass = (pass + 1) % FOREIGN_EVERY;
      // What it had started before we heard of it was none of ours until now.
      for (const pid of roots) if (!known.has(pid)) foreign.clear();
      known = new Set(roots);
      try {
        const all = readAll();
        const ours = descendants(all, roots);
        // Those whose turn it was are judged anew, gone ones too.
        for (const pid of foreign) if (pid % FOREIGN_EVERY === pass) foreign.delete(pid);
        for (const pid of all.keys()) if (!ours.has(pid)) foreign.add(pid);
        return ours;
      } catch {
        return null;
      }
    },
  };
}

/** @param folder "/proc" */
export function readStat(folder: string, pid: number): ProcStat | null {
  try {
    return parseProcStat(fs().readFileSync(`${folder}/${pid}/stat`, "latin1"));
  } catch {
    return null; // gone meanwhile, or hidden from us
  }
}

function descendants(all: ReadonlyMap<number, ProcStat>, roots: ReadonlySet<number>): Map<number, ProcStat> {
  const children = new Map<number, number[]>();
  for (const [pid, { ppid }] of all) {
    const siblings = children.get(ppid);
    if (siblings === undefined) children.set(ppid, [pid]);
    else siblings.push(pid);
  }
  const ours = new Map<number, ProcStat>();
  const open = [...roots];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    const stat = all.get(pid);
    if (stat === undefined || ours.has(pid)) continue;
    ours.set(pid, stat);
    open.push(...(children.get(pid) ?? []));
  }
  return ours;
}

/** Open files of one process; null: not permitted to know, or gone. */
export function openFiles(pid: number, folder = "/proc"): number | null {
  try {
    // Since Linux 6.2 the folder's size is the answer.
    const { size } = fs().statSync(`${folder}/${pid}/fd`);
    return size > 0 ? size : fs().readdirSync(`${folder}/${pid}/fd`).length;
  } catch {
    return null;
  }
}

/** Bytes in a page of memory, of this machine: what /proc counts in. */
export function pageBytes(folder = "/proc"): number {
  try {
    const pages = parseProcStat(fs().readFileSync(`${folder}/self/stat`, "latin1"))?.rssPages ?? 0;
    const ratio = process.memoryUsage.rss() / pages;
    return Number.isFinite(ratio) ? 2 ** Math.round(Math.log2(ratio)) : 4_096;
  } catch {
    return 4_096;
  }
}
