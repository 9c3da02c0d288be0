/**
 * The history's figures, with options: `--transitions N --supervisors N --processes N --days N --keep FILE`; the goals are
 * those of 50 million transitions. Fills a database directly, asks it what pages and scripts ask, and writes more through
 * the hub's own write path. With --keep an existing FILE is taken as it is.
 */
import { Database } from "bun:sqlite";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { parseHistoryQuery } from "../src/hub/store/history-query.ts";
import { openStore } from "../src/hub/store/open-store.ts";
import type { Store } from "../src/hub/store/store.ts";
import { createLogger } from "../src/lib/logger.ts";
import { type Bench, bench } from "./support/bench.ts";
import { fillDirectly, type Periods } from "./support/direct-fill.ts";
import { percentile } from "./support/figure.ts";
import { type FleetSize, fleetHistory, settledHistory, type Written } from "./support/fleet-history.ts";
import { historyFilters } from "./support/history-filters.ts";
import { renumbered } from "./support/renumbered.ts";

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    transitions: { type: "string" },
    supervisors: { type: "string" },
    processes: { type: "string" },
    days: { type: "string" },
    keep: { type: "string" },
    fill: { type: "string" },
    smoke: { type: "boolean", default: false },
  },
});
const numberOf = (given: string | undefined, full: number, smoke: number): number =>
  Number(given ?? (values.smoke ? smoke : full));
const count = numberOf(values.transitions, 50_000_000, 5_000);
const DAY = 86_400_000;
/** What happens in a sixteenth of the days happens in each. */
const PERIODS = 16;
/** What would happen to a process that is busy does not happen: one in a thousand. */
const ENOUGH = 1.002;
const endMs = Date.UTC(2026, 10, 24, 2, 30);
const periodMs = Math.ceil(numberOf(values.days, 400, 32) / PERIODS) * DAY;
const size: FleetSize = {
  supervisors: numberOf(values.supervisors, 2_000, 20),
  processes: numberOf(values.processes, 50, 5),
  startMs: endMs - PERIODS * periodMs,
  endMs,
};
const periods: Periods = {
  count: PERIODS,
  ms: periodMs,
  history(i) {
    const startMs = size.startMs + i * periodMs;
    return settledHistory((count * ENOUGH) / PERIODS, { ...size, startMs, endMs: startMs + periodMs });
  },
};
const NO_FILTER = { uid: null, supervisor: null, group: null, process: null } as const;

async function millisecondsOf(work: () => unknown): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

/** @returns the slowest but one in twenty */
async function p95(b: Bench, ask: () => unknown): Promise<number> {
  return percentile(await b.repeat(20, () => millisecondsOf(ask), 0), 0.95);
}

const { filters, uid } = historyFilters(size);

async function firstPages(b: Bench, store: Store): Promise<void> {
  const slowest: number[] = [];
  for (const [name, filter] of Object.entries(filters)) {
    const found = await p95(b, () => store.history(parseHistoryQuery(filter())));
    slowest.push(found);
    b.figure(`first page: ${name}, p95`, "ms", found);
  }
  b.figure(`first page of ${slowest.length} filters, p95`, "ms", slowest, { atMost: 30 });
  b.figure("… the slowest filter", "ms", Math.max(...slowest), { atMost: 30 });
}

/** Of the last 90 days. */
async function uptime(b: Bench, store: Store): Promise<void> {
  const from90 = endMs - 90 * DAY;
  const window = { fromMs: from90, toMs: endMs };
  const days = Array.from({ length: 91 }, (_, i) => endMs - (90 - i) * DAY);
  const one = (moments: readonly number[]) => p95(b, () => store.figures({ ...NO_FILTER, uid: uid() }, moments));
  b.figure("summary of one process, p95", "ms", await one([from90, endMs]), { atMost: 10 });
  b.figure("… day by day, p95", "ms", await one(days));
  const strip = await p95(b, () => store.timeline({ ...window, uid: uid(), width: 1_000 }));
  b.figure("timeline of one process, p95", "ms", strip, { atMost: 20 });
  for (const by of ["process", "group", "supervisor"] as const) {
    const took = await b.repeat(3, () => millisecondsOf(() => store.summary({ ...NO_FILTER, ...window, by })));
    b.figure(`summary of all by ${by}`, "ms", took, { atMost: 500 });
  }
}

/** More of the same fleet, after all that is in the store. */
const more = (store: Store, transitions: number, fromMs: number, toMs: number): Written[] => [
  ...renumbered(
    fleetHistory(transitions, { ...size, startMs: fromMs, endMs: toMs }),
    (supervisor) => store.cursor(supervisor)?.seq ?? 0,
  ),
];

function writeAll(b: Bench, store: Store, name: string, written: readonly Written[]): void {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  for (const { supervisor, entry } of written) store.append(supervisor, "epoch", [entry]);
  store.flush();
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = (ms: number) => (written.length / ms) * 1_000;
  b.figure(name, "1/s", perSecond(performance.now() - wall), { atLeast: 100_000 });
  b.figure("… for a second of a processor", "1/s", perSecond((user + system) / 1_000));
}

/** Everything changes at once; and journals of a day, read one after the other. */
function writePath(b: Bench, store: Store): void {
  const some = Math.min(1_000_000, count);
  const stormMs = endMs + 60_000;
  writeAll(b, store, "written in a storm", more(store, some, stormMs, stormMs + some / 100));
  const day = more(store, Math.min(250_000, count), endMs + DAY, endMs + 2 * DAY);
  const byHost = [...Map.groupBy(day, ({ supervisor }) => supervisor).values()].flat();
  writeAll(b, store, "written when catching up", byHost);
}

/** In a program of its own, so that the memory of this one is that of a hub. */
async function fill(path: string): Promise<void> {
  const again = Bun.spawn([process.execPath, import.meta.path, ...process.argv.slice(2), "--fill", path], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  if ((await again.exited) !== 0) throw new Error("the database was not filled");
}

/** As the cursors of the journals say. */
function entriesOf(path: string): number {
  const db = new Database(path, { readonly: true });
  try {
    return db.query<{ sum: number }, []>("SELECT sum(last_seq) AS sum FROM epochs").get()?.sum ?? 0;
  } finally {
    db.close();
  }
}

async function measure(b: Bench, path: string): Promise<void> {
  b.figure("size of a million transitions", "MB", statSync(path).size / count, { atMost: 60 });
  b.figure("transitions, and gaps", "", entriesOf(path));
  const store = openStore(path, { log: createLogger("WARN"), now: () => endMs });
  // What the hub does in small steps after its start.
  b.figure("all accounts brought into memory", "ms", await millisecondsOf(() => store.warm()));
  await firstPages(b, store);
  await uptime(b, store);
  b.figure("memory of the reader", "MB", process.memoryUsage.rss() / 2 ** 20);
  writePath(b, store);
  store.close();
}

if (values.fill === undefined)
  await bench(import.meta.path, async (b) => {
    const folder = mkdtempSync(join(values.keep ? dirname(values.keep) : tmpdir(), "bench-history-"));
    const path = values.keep ?? join(folder, "history.sqlite");
    try {
      if (!existsSync(path)) b.figure("filled directly", "s", (await millisecondsOf(() => fill(path))) / 1_000);
      await measure(b, path);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
else await fillDirectly(values.fill, periods, (share) => console.log(`  ${Math.round(share * 100)} %`));
