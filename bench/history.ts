/**
 * The history's figures: `bun run bench history [--transitions N] [--supervisors N] [--processes N] [--days N]
 * [--keep FILE]`; the goals are those of 50 million transitions. Fills a database through the hub's own write path and asks it what pages and scripts ask. With --keep
 * an existing FILE is only asked.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type HistoryParameters, parseHistoryQuery } from "../src/hub/store/history-query.ts";
import { openStore } from "../src/hub/store/open-store.ts";
import type { Store } from "../src/hub/store/store.ts";
import { createLogger } from "../src/lib/logger.ts";
import { fleetHistory, random } from "./support/fleet-history.ts";

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    transitions: { type: "string", default: "50000000" },
    supervisors: { type: "string", default: "2000" },
    processes: { type: "string", default: "50" },
    days: { type: "string", default: "400" },
    keep: { type: "string" },
  },
});
const count = Number(values.transitions);
const [supervisors, processes, days] = [Number(values.supervisors), Number(values.processes), Number(values.days)];
const DAY = 86_400_000;
const endMs = Date.UTC(2026, 10, 24, 2, 30);
const startMs = endMs - days * DAY;
const NO_FILTER = { uid: null, supervisor: null, group: null, process: null } as const;

const folder = mkdtempSync(join(values.keep ? dirname(values.keep) : tmpdir(), "bench-history-"));
const path = values.keep ?? join(folder, "history.sqlite");
const open = () => openStore(path, { log: createLogger("WARN"), now: () => endMs });
const rss = () => `${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`;
const ms = (n: number) => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`;

async function fill(): Promise<void> {
  const store = open();
  let written = 0;
  let inside = 0;
  for (const { supervisor, entry } of fleetHistory(count, { supervisors, processes, startMs, endMs })) {
    const before = performance.now();
    store.append(supervisor, "epoch", [entry]);
    inside += performance.now() - before;
    if (++written % 5_000_000 === 0)
      console.log(`  ${written / 1e6} million, ${Math.round(written / inside) * 1_000}/s`);
    if (written % 100_000 === 0) await Bun.sleep(0);
  }
  const before = performance.now();
  store.flush();
  inside += performance.now() - before;
  console.log(`write path: ${Math.round((count / inside) * 1_000)} transitions a second (goal 100000)`);
  store.close();
}

function times(repeat: number, ask: (i: number) => unknown): { p50: number; p95: number; max: number } {
  const taken = Array.from({ length: repeat }, (_, i) => {
    const before = performance.now();
    ask(i);
    return performance.now() - before;
  }).sort((a, b) => a - b);
  const at = (part: number) => taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const next = random(3);
const any = (n: number) => Math.floor(next() * n);
const host = () => `host${any(supervisors)}`;
const member = () => {
  const n = any(processes);
  return `group${n % 10}:process${n}`;
};
const moment = () => String(Math.floor(startMs + next() * (endMs - startMs)));

const FILTERS: Readonly<Record<string, () => HistoryParameters>> = {
  nothing: () => ({}),
  "one process": () => ({ uid: `${host()}:${member()}` }),
  "one process, a state": () => ({ uid: `${host()}:${member()}`, state: "STOPPED" }),
  "one supervisor": () => ({ supervisor: host() }),
  "a supervisor, FATAL": () => ({ supervisor: host(), state: "FATAL" }),
  "a pattern of supervisors": () => ({ supervisor: `host*${any(10)}` }),
  "a group everywhere": () => ({ group: `group${any(10)}` }),
  "a group, FATAL": () => ({ group: `group${any(10)}`, state: "FATAL" }),
  "a process name": () => ({ process: `process${any(processes)}` }),
  "a process name, BACKOFF": () => ({ process: `process${any(processes)}`, state: "BACKOFF" }),
  "a pattern of uids": () => ({ uid: `host${any(supervisors)}:*`, state: "EXITED" }),
  FATAL: () => ({ state: "FATAL" }),
  RUNNING: () => ({ state: "RUNNING" }),
  "FATAL and BACKOFF": () => ({ state: "FATAL,BACKOFF" }),
  "to a moment": () => ({ to: moment() }),
  "a group to a moment": () => ({ group: `group${any(10)}`, to: moment() }),
  "unexpected ends": () => ({ expected: "false" }),
  "unexpected ends of a host": () => ({ expected: "false", supervisor: host() }),
  "caused by users": () => ({ cause: "user" }),
  "text that is nowhere": () => ({ text: "no such text" }),
};

async function ask(store: Store): Promise<void> {
  const all: number[] = [];
  for (const [name, filter] of Object.entries(FILTERS)) {
    const found = times(20, () => store.history(parseHistoryQuery(filter())));
    all.push(found.p95);
    console.log(`  ${ms(found.p50).padStart(8)} ${ms(found.p95).padStart(8)}  ${name}`);
  }
  console.log(`first page of ${all.length} filters: p95 at most ${ms(Math.max(...all))} (goal 30 ms)`);
  const from90 = endMs - 90 * DAY;
  const window = { fromMs: from90, toMs: endMs };
  const one = times(50, () => store.figures({ ...NO_FILTER, uid: `${host()}:${member()}` }, [from90, endMs]));
  console.log(`summary of one process, 90 days: p95 ${ms(one.p95)} (goal 10 ms)`);
  const bars = Array.from({ length: 91 }, (_, i) => endMs - (90 - i) * DAY);
  const daily = times(50, () => store.figures({ ...NO_FILTER, uid: `${host()}:${member()}` }, bars));
  console.log(`90 days of one process, day by day: p95 ${ms(daily.p95)}`);
  const strip = times(50, () => store.timeline({ ...window, uid: `${host()}:${member()}`, width: 1_000 }));
  console.log(`timeline of one process, 90 days: p95 ${ms(strip.p95)} (goal 20 ms)`);
  for (const by of ["process", "group", "supervisor"] as const) {
    const before = performance.now();
    const rows = await store.summary({ ...NO_FILTER, ...window, by });
    console.log(
      `summary of all by ${by}, 90 days: ${ms(performance.now() - before)}, ${rows.length} rows (goal 500 ms)`,
    );
  }
}

try {
  if (values.keep === undefined || !existsSync(path)) await fill();
  console.log(
    `size: ${(statSync(path).size / count).toFixed(1)} bytes a transition (goal 60), ${Math.round(statSync(path).size / 2 ** 20)} MB`,
  );
  const store = open();
  const before = performance.now();
  // What the hub does in small steps after its start.
  await store.warm();
  console.log(`accounts in memory after ${ms(performance.now() - before)}`);
  await ask(store);
  console.log(`memory of this program: ${rss()}`);
  store.close();
} finally {
  rmSync(folder, { recursive: true });
}
