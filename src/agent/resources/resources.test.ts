import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Namespec } from "../../domain/names.ts";
import { parseProcStat } from "./proc-stat.ts";
import { createProcTable } from "./proc-table.ts";
import { usageOf } from "./usage.ts";

const folder = mkdtempSync(join(tmpdir(), "mvproc-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stat = (pid: number, ppid: number, ticks: number, pages: number, name = "x") =>
  `${pid} (${name}) S ${ppid} 1 1 0 -1 4194304 1 0 0 0 ${ticks} 0 0 0 20 0 1 0 500 9999 ${pages} 18446744073709551615 1 1 0`;
const put = (pid: number, ppid: number, ticks = 0, pages = 1) => {
  mkdirSync(join(folder, String(pid)), { recursive: true });
  writeFileSync(join(folder, String(pid), "stat"), stat(pid, ppid, ticks, pages));
};
const facts = { pageBytes: 4_096, openFiles: () => 3 as number | null, atMs: 10_000 };

test("the name of a program may hold anything", () => {
  expect(parseProcStat(stat(7, 1, 12, 34, "a) S 99 (b c"))).toEqual({
    ppid: 1,
    ticks: 12,
    startTicks: 500,
    rssPages: 34,
  });
  expect(parseProcStat("7 (x")).toBe(null);
});

test("children and their children are found, also those that were there before their parent was known to be ours", () => {
  const table = createProcTable(folder);
  for (const [pid, ppid] of [
    [10, 1],
    [11, 10],
    [12, 11],
    [20, 1],
    [21, 20],
  ] as const)
    put(pid, ppid);
  expect([...(table.read(new Set([20])) ?? new Map()).keys()].sort()).toEqual([20, 21]);
  expect([...(table.read(new Set([10, 20])) ?? new Map()).keys()].sort()).toEqual([10, 11, 12, 20, 21]);
  put(13, 12);
  expect(table.read(new Set([10, 20]))?.has(13)).toBe(true);
});

test("where there is no /proc there is no answer", () => {
  expect(createProcTable(join(folder, "none")).read(new Set([1]))).toBe(null);
});

test("what children use is counted with their parent, and what is not permitted to be known is not known", () => {
  const stats = new Map([
    [10, { ppid: 1, ticks: 100, startTicks: 500, rssPages: 10 }],
    [11, { ppid: 10, ticks: 50, startTicks: 500, rssPages: 5 }],
    [20, { ppid: 10, ticks: 7, startTicks: 500, rssPages: 1 }],
  ]);
  const managed = [
    { name: "a:a" as Namespec, pid: 10 },
    { name: "b:b" as Namespec, pid: 20 },
    { name: "c:c" as Namespec, pid: 30 },
  ];
  const first = usageOf(managed, stats, { ...facts, before: null });
  expect(first.message).toEqual({
    ...{ atMs: 10_000, names: ["a:a", "b:b"], cpu: [null, null], rssBytes: [61_440, 4_096] },
    ...{ processes: [2, 1], files: [6, 3] },
  });
  stats.set(10, { ppid: 1, ticks: 350, startTicks: 500, rssPages: 10 });
  const next = usageOf(managed, stats, {
    ...facts,
    before: first.look,
    atMs: 15_000,
    openFiles: (pid) => (pid === 11 ? null : 3),
  });
  expect([next.message.cpu, next.message.files]).toEqual([
    [50, 0],
    [null, 3],
  ]);
});
