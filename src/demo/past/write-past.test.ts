import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openJournal } from "../../agent/journal.ts";
import { parseHistoryQuery } from "../../hub/store/history-query.ts";
import { openStore } from "../../hub/store/open-store.ts";
import type { Store } from "../../hub/store/store.ts";
import { createLogger } from "../../lib/logger.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import { DEMO_HOSTS } from "../hosts.ts";
import { pastOfDemoHost } from "./demo-hosts-past.ts";
import { writePast } from "./write-past.ts";

const DAY_MS = 86_400_000;
const dir = mkdtempSync(join(tmpdir(), "past-"));
const dbPath = join(dir, "history.sqlite");
const journal = openJournal(":memory:");
const toMs = Date.now();
const ALL = { kind: "transition,gap,supervisor,command" };
let store: Store;
let items: HistoryItem[];

function allItems(): HistoryItem[] {
  const all: HistoryItem[] = [];
  let cursor = "";
  do {
    const page = store.history(parseHistoryQuery({ ...ALL, limit: "1000", ...(cursor === "" ? {} : { cursor }) }));
    all.push(...page.items);
    cursor = page.next ?? "";
  } while (cursor !== "");
  return all.reverse();
}

beforeAll(async () => {
  const hosts = DEMO_HOSTS.slice(0, 2).map((host, i) => ({
    host: pastOfDemoHost(host),
    journal: i === 0 ? journal : null,
  }));
  await writePast({ days: 40, seed: 3, hosts, dbPath }, new AbortController().signal);
  store = openStore(dbPath, { log: createLogger("ERROR"), now: Date.now });
  items = allItems();
}, 60_000);
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true });
});

test("every transition leaves the state that the one before it entered, but for what a power failure hid", () => {
  const states = new Map<string, string | null>();
  for (const item of items) {
    if (item.kind === "gap")
      for (const uid of states.keys()) if (uid.startsWith(`${item.supervisor}:`)) states.delete(uid);
    if (item.kind !== "transition" || item.uid === null) continue;
    const { uid, from_state, to_state } = item;
    expect(`${uid} ${from_state}`).toBe(`${uid} ${states.get(uid) ?? "STOPPED"}`);
    states.set(uid, to_state);
  }
  expect(new Set(states.values())).not.toContain("RUNNING"); // all is stopped before the demo's own supervisords begin
});

test("what crashed tells why, and what somebody asked for tells who", () => {
  const crashes = items.filter((item) => item.kind === "transition" && item.to_state === "EXITED" && !item.expected);
  expect(crashes.length).toBeGreaterThan(50);
  expect(crashes.every((item) => item.kind === "transition" && item.evidence != null)).toBe(true);
  const byUser = items.filter((item) => item.kind === "transition" && item.cause === "user");
  expect(byUser.length).toBeGreaterThan(20);
  expect(items.filter((item) => item.kind === "command").length).toBeGreaterThan(10);
});

test("accounts, histogram and history count the same", async () => {
  const window = { fromMs: toMs - 41 * DAY_MS, toMs: Date.now() };
  const nothing = { uid: null, supervisor: null, group: null, process: null };
  const rows = await store.summary({ ...nothing, ...window, by: "process" });
  const crashes = items.filter(
    (item) => item.kind === "transition" && (item.to_state === "FATAL" || item.expected === false),
  );
  expect(rows.reduce((sum, row) => sum + row.figures.crashes, 0)).toBe(crashes.length);
  const buckets = store.histogram(parseHistoryQuery(ALL), { ...window, buckets: 30 });
  expect(buckets.reduce((sum, { count }) => sum + (count ?? 0), 0)).toBe(items.length);
});

test("what processes used is known while they ran", () => {
  const figures = store.stats("lid001", "PLC:wcid00a", { fromMs: toMs - 40 * DAY_MS, toMs });
  expect(figures.length).toBeGreaterThan(288 * 25);
  expect(store.stats("lid002", "Vacuum:simulator", { fromMs: toMs - 40 * DAY_MS, toMs })).toEqual([]);
});

test("an agent goes on with the journal where the hub's history ends", () => {
  expect(store.cursor("lid001")).toEqual({ epoch: journal.epoch, seq: journal.newestSeq() });
  expect(journal.lastSign()).toMatchObject({ stopping: true, cleanStop: true });
  expect(journal.oldestSeq()).toBeGreaterThan(1); // an agent keeps a month
});
