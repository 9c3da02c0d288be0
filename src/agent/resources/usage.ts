import type { Namespec } from "../../domain/names.ts";
import type { Resources } from "../../protocol/agent.ts";
import type { ProcStat } from "./proc-stat.ts";

/** getconf CLK_TCK, the same on every Linux. */
const TICKS_PER_S = 100;

/** A process that supervisord manages. */
export type Managed = { readonly name: Namespec; readonly pid: number };

export type Look = {
  readonly atMs: number;
  /** by pid of the managed process: ticks of all of its tree */
  readonly ticks: ReadonlyMap<number, number>;
  /** the same: resident bytes */
  readonly rssBytes: ReadonlyMap<number, number>;
};

/**
 * What each managed process and its children use.
 * @param before the last look; what began since then has no percentage yet
 * @param takesMs milliseconds since that look
 */
export function usageOf(
  managed: readonly Managed[],
  table: ReadonlyMap<number, ProcStat>,
  facts: {
    readonly pageBytes: number;
    readonly openFiles: (pid: number) => number | null;
    readonly before: Look | null;
    readonly atMs: number;
  },
): { readonly message: Resources; readonly look: Look } {
  const trees = treesOf(managed, table);
  const message: Resources = { atMs: facts.atMs, names: [], cpu: [], rssBytes: [], processes: [], files: [] };
  const ticks = new Map<number, number>();
  const rss = new Map<number, number>();
  for (const { name, pid } of managed) {
    const tree = trees.get(pid);
    if (tree === undefined) continue; // gone, or hidden from us: absent, not zero
    const sum = sumOf(tree, table, facts.openFiles);
    const rssBytes = sum.rssPages * facts.pageBytes;
    ticks.set(pid, sum.ticks);
    rss.set(pid, rssBytes);
    message.names.push(name);
    message.cpu.push(percent(sum.ticks, facts.before?.ticks.get(pid), facts.atMs - (facts.before?.atMs ?? 0)));
    message.rssBytes.push(rssBytes);
    message.processes.push(tree.length);
    message.files.push(sum.files);
  }
  return { message, look: { atMs: facts.atMs, ticks, rssBytes: rss } };
}

/** Processes by the managed one that they descend from, the nearest where one manages another. */
function treesOf(managed: readonly Managed[], table: ReadonlyMap<number, ProcStat>): Map<number, number[]> {
  const trees = new Map<number, number[]>();
  for (const { pid } of managed) if (table.has(pid)) trees.set(pid, []);
  const ownerOf = (pid: number): number | null => {
    for (let at = pid; ; ) {
      if (trees.has(at)) return at;
      const stat = table.get(at);
      if (stat === undefined) return null;
      at = stat.ppid;
    }
  };
  for (const pid of table.keys()) {
    const owner = ownerOf(pid);
    if (owner !== null) trees.get(owner)?.push(pid);
  }
  return trees;
}

function sumOf(
  tree: readonly number[],
  table: ReadonlyMap<number, ProcStat>,
  openFiles: (pid: number) => number | null,
): { ticks: number; rssPages: number; files: number | null } {
  let [ticks, rssPages] = [0, 0];
  let files: number | null = 0;
  for (const pid of tree) {
    const stat = table.get(pid);
    ticks += stat?.ticks ?? 0;
    rssPages += stat?.rssPages ?? 0;
    const open = openFiles(pid);
    files = files === null || open === null ? null : files + open;
  }
  return { ticks, rssPages, files };
}

/** To a tenth. A child that nobody waited for takes its ticks with it: never below zero. */
const percent = (ticks: number, before: number | undefined, tookMs: number): number | null =>
  before === undefined || tookMs <= 0
    ? null
    : Math.round((Math.max(0, ticks - before) / TICKS_PER_S / (tookMs / 1_000)) * 1_000) / 10;
