import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import { createSentActions } from "../history/sent-actions.ts";
import { createHistoryReader } from "./history-page.ts";
import { parseHistoryQuery } from "./history-query.ts";
import { openDatabase } from "./open-database.ts";
import type { Retention } from "./retention.ts";
import { createUpkeep } from "./upkeep.ts";
import { createUptimeReader } from "./uptime-reader.ts";
import { createBatchWriter } from "./write-batch.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const NOW = START + 100 * DAY + 5_000;
const CYCLE: readonly ProcessStateName[] = ["STARTING", "RUNNING", "STOPPING", "STOPPED"];
const NO_FILTER = { uid: null, supervisor: null, group: null, process: null } as const;

const transition = (seq: number, atMs: number, name: string, toState: ProcessStateName): JournalEntry => ({
  ...{ kind: "transition", seq, atMs, group: "g", name, fromState: "STOPPED", toState },
  ...{ pid: 1, expected: null, tries: null, sampled: false },
});

/** `quiet` runs since the first minute, `busy` changes once a day. */
function fill(folder: string) {
  const db = openDatabase(join(folder, "history.sqlite"));
  const writer = createBatchWriter(db, createSentActions());
  const entries: JournalEntry[] = [transition(1, START + 1_000, "quiet", "RUNNING")];
  for (let day = 0; day < 100; day++)
    entries.push(transition(day + 2, START + day * DAY + 7_000, "busy", CYCLE[day % 4] ?? "RUNNING"));
  entries.push({
    kind: "gap",
    seq: 102,
    fromMs: START + 20 * DAY,
    atMs: START + 20 * DAY + 5_000,
    reason: "events_lost",
    lost: 1,
  });
  writer.write(entries.map((entry) => ({ kind: "entry", supervisor: "a", epoch: "e", entry }) as const));
  const { accounts, dictionary } = writer;
  const uptime = createUptimeReader(db, { accounts, dictionary, knownUntil: () => NOW });
  return { db, writer, uptime, page: createHistoryReader(db, dictionary).page };
}

const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), "retention-"));
  folders.push(made);
  return made;
};
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});
const keep = (more: Partial<Retention>): Retention => ({
  ...{ days: 1_000, maxBytes: Number.POSITIVE_INFINITY, evidenceDays: 60 },
  ...more,
});

test("what is too old is forgotten, and the figures of what is left stay as they were", () => {
  const { db, writer, uptime, page } = fill(folder());
  const figures = () =>
    ["quiet", "busy"].map((process) => uptime.figures({ ...NO_FILTER, process }, [NOW - 29 * DAY, NOW])[0]);
  const before = figures();
  const step = createUpkeep(db, writer, () => keep({ days: 30 }));
  let steps = 0;
  while (step(NOW)) steps++;
  expect(steps).toBeLessThan(50);
  const { items } = page(parseHistoryQuery({ limit: "1000" }));
  expect(items.map(({ at }) => at).every((at) => at >= START + 70 * DAY)).toBe(true);
  expect(items).toHaveLength(30);
  expect(figures()).toEqual(before);
  writer.accounts.forget(); // as after a restart
  expect(figures()).toEqual(before);
  expect(uptime.figures({ ...NO_FILTER, process: "quiet" }, [START, NOW])[0]).toMatchObject({
    upMs: NOW - (START + 70 * DAY),
    unknownMs: 70 * DAY,
  });
  const { intervals } = uptime.timeline({ uid: "a:g:quiet", fromMs: START, toMs: NOW, width: 1_000 }) ?? {
    intervals: [],
  };
  expect(intervals.map(({ kind, state }) => [kind, state])).toEqual([
    ["unknown", null],
    ["up", "RUNNING"],
  ]);
  db.close();
});

test("a process of which all was forgotten goes on, after a restart as well", () => {
  const { db, writer, page } = fill(folder());
  const step = createUpkeep(db, writer, () => keep({ days: 30 }));
  while (step(NOW));
  const entry = { ...transition(103, NOW, "quiet", "STOPPED"), fromState: "STOPPING" } as JournalEntry;
  const again = createBatchWriter(db, createSentActions());
  again.write([{ kind: "entry", supervisor: "a", epoch: "e", entry }]);
  again.commit();
  expect(page(parseHistoryQuery({ process: "quiet", kind: "transition" })).items).toMatchObject([
    { from_state: "STOPPING", to_state: "STOPPED", cause: "host" },
  ]);
  db.close();
});

test("where the database is too large the oldest days go, a day at a time", () => {
  const { db, writer, page } = fill(folder());
  const used = () => Number((db.$client.query("PRAGMA page_count").values() as [number][])[0]?.[0]) * 4_096;
  const step = createUpkeep(db, writer, () => keep({ maxBytes: used() + 1 }));
  while (step(NOW));
  expect(page(parseHistoryQuery({ limit: "1000" })).items).toHaveLength(102);
  const tight = createUpkeep(db, writer, () => keep({ maxBytes: 1 }));
  for (let i = 0; i < 30; i++) tight(NOW);
  const { items } = page(parseHistoryQuery({ limit: "1000" }));
  expect(items.length).toBeLessThan(102);
  expect(items.length).toBeGreaterThan(50);
  db.close();
});

test("… and no more of them than has to, with the accounts of those days", () => {
  const db = openDatabase(join(folder(), "history.sqlite"));
  const writer = createBatchWriter(db, createSentActions());
  const names = Array.from({ length: 50 }, (_, i) => `process${i}`);
  const entries = Array.from({ length: 100 }, (_, day) =>
    names.map((name, i) => transition(day * 50 + i + 1, START + day * DAY + i, name, CYCLE[day % 4] ?? "RUNNING")),
  ).flat();
  writer.write(entries.map((entry) => ({ kind: "entry", supervisor: "a", epoch: "e", entry }) as const));
  writer.commit();
  const number = (sql: string) => Number((db.$client.query(sql).values() as [number][])[0]?.[0]);
  const usedBytes = () => (number("PRAGMA page_count") - number("PRAGMA freelist_count")) * number("PRAGMA page_size");
  const maxBytes = usedBytes() / 2;
  const step = createUpkeep(db, writer, () => keep({ maxBytes }));
  while (step(NOW));
  expect(usedBytes()).toBeLessThanOrEqual(maxBytes);
  expect(usedBytes()).toBeGreaterThan(0.85 * maxBytes);
  const days = number("SELECT count(DISTINCT id >> 12) FROM items") / names.length;
  expect(number("SELECT count(*) FROM checkpoints") / names.length).toBeLessThanOrEqual(days + 1);
  db.close();
});
