/**
 * The history's figures: `bun bench/history.ts [rows] [supervisors] [processes of each]`. Rows written per second, bytes
 * per row, and how long the first page of each kind of filter takes.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../src/domain/journal-entry.ts";
import type { ProcessStateName } from "../src/domain/states.ts";
import { type HistoryParameters, parseHistoryQuery } from "../src/hub/store/history-query.ts";
import { openStore } from "../src/hub/store/open-store.ts";
import type { Store } from "../src/hub/store/store.ts";
import { createLogger } from "../src/lib/logger.ts";

const [rows = 500_000, supervisors = 100, processes = 50] = process.argv.slice(2).map(Number);
const START = Date.UTC(2026, 0, 1);
const CYCLE: readonly ProcessStateName[] = ["STARTING", "RUNNING", "STOPPING", "STOPPED"];

const transition = (i: number, seq: number): JournalEntry => ({
  kind: "transition",
  seq,
  atMs: START + i * 20,
  group: `group${seq % 5}`,
  name: `process${seq % processes}`,
  fromState: CYCLE[(seq + 3) % 4]!,
  toState: i === 1_000 ? "FATAL" : CYCLE[seq % 4]!,
  pid: 1_000 + (i % 4_000_000),
  expected: null,
  tries: null,
  sampled: false,
});

function fill(store: Store): number {
  const t0 = performance.now();
  for (let i = 0; i < rows; i++)
    store.append(`host${i % supervisors}`, "epoch", [transition(i, Math.floor(i / supervisors) + 1)]);
  store.flush();
  return (performance.now() - t0) / 1_000;
}

const QUESTIONS: readonly HistoryParameters[] = [
  {},
  { uid: "host7:group1:process1" },
  { uid: "*:group1:*" },
  { uid: "*:process11" },
  { uid: "host1?:*", state: "STOPPED" },
  { supervisor: "host7" },
  { supervisor: "host*7" },
  { state: "RUNNING" },
  { state: "FATAL" },
  { process: "process1", state: "FATAL" },
  { group: "group2", to: String(START + 1_000_000) },
  { to: String(START + rows * 10), limit: "1000" },
];

function ask(store: Store): void {
  for (const question of QUESTIONS) {
    const times = Array.from({ length: 5 }, () => {
      const t0 = performance.now();
      store.history(parseHistoryQuery(question));
      return performance.now() - t0;
    }).sort((a, b) => a - b);
    const items = store.history(parseHistoryQuery(question)).items.length;
    console.log(
      `${times[2]!.toFixed(1).padStart(8)} ms  ${String(items).padStart(4)} items  ${JSON.stringify(question)}`,
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), "bench-history-"));
const path = join(folder, "history.sqlite");
try {
  const log = createLogger("WARN");
  const store = openStore(path, { log, now: Date.now });
  const seconds = fill(store);
  store.close();
  console.log(`${rows} rows in ${seconds.toFixed(1)} s: ${Math.round(rows / seconds)} a second`);
  console.log(`${(statSync(path).size / rows).toFixed(1)} bytes a row`);
  const again = openStore(path, { log, now: Date.now });
  ask(again);
  again.close();
} finally {
  rmSync(folder, { recursive: true });
}
