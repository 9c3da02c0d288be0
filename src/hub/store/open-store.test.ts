import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { entries, entry, items, NOW, pids, temporaryStore, until } from "../../../test/support/temporary-store.ts";

const { open, place } = temporaryStore();

describe("the history keeps", () => {
  test("a transition as it was announced", () => {
    const store = open();
    store.append("lid001", "e1", [entry(1)]);
    store.flush();
    expect(items(store)).toEqual([
      {
        id: expect.any(Number),
        kind: "transition",
        uid: "lid001:PLC:wcid00a",
        supervisor: "lid001",
        group: "PLC",
        name: "wcid00a",
        from_state: "STARTING",
        to_state: "RUNNING",
        at: NOW + 1,
        expected: null,
        pid: 101,
        spawnerr: null,
        sampled: false,
        tries: null,
        cause: null,
        evidence: null,
      },
    ]);
  });

  test("what became known of it only later", () => {
    const store = open();
    store.append("lid001", "e1", [
      entry(1, { toState: "FATAL", fromState: "BACKOFF", pid: null }),
      entry(2, { atMs: NOW + 1, toState: "STARTING" }),
      { kind: "detail", seq: 3, atMs: NOW + 9, ofSeq: 1, ofMs: NOW + 1, group: "PLC", name: "wcid00a", spawnerr: "no" },
      { kind: "detail", seq: 4, atMs: NOW + 9, ofSeq: 77, ofMs: NOW, group: "PLC", name: "gone", spawnerr: "lost" },
    ]);
    store.flush();
    expect(items(store).map(({ to_state, spawnerr }) => [to_state, spawnerr])).toEqual([
      ["STARTING", null],
      ["FATAL", "no"],
    ]);
  });

  test.each([true, false, null])("whether an exit was expected (%p), and what was sampled", (expected) => {
    const store = open();
    store.append("lid001", "e1", [entry(1, { toState: "EXITED", expected, sampled: true, fromState: null })]);
    store.flush();
    expect(items(store)[0]).toMatchObject({ expected, sampled: true, from_state: null });
  });

  test("what another journal leaves out, from the last that is known, also where its clock was ahead for a while", () => {
    const store = open();
    const HOUR = 3_600_000;
    store.append("lid001", "e1", [
      entry(1, { atMs: NOW }),
      entry(2, { atMs: NOW + HOUR }),
      entry(3, { atMs: NOW + 6_000 }),
    ]);
    store.append("lid001", "e2", [entry(1, { atMs: NOW + 9_000 })]);
    store.flush();
    expect(items(store).filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: NOW + 6_000, to: NOW + 9_000, reason: "journal_replaced" },
    ]);
  });

  test("what another journal leaves out before the gap that it begins with", () => {
    const store = open();
    store.append("lid001", "e1", [entry(1, { atMs: NOW })]);
    store.append("lid001", "e2", [
      { kind: "gap", seq: 1, fromMs: NOW + 5_000, atMs: NOW + 7_000, reason: "agent_not_running", lost: 0 },
      entry(2, { atMs: NOW + 8_000 }),
    ]);
    store.flush();
    expect(items(store).filter(({ kind }) => kind === "gap")).toMatchObject([
      { from: NOW + 5_000, to: NOW + 7_000, reason: "agent_not_running" },
      { from: NOW, to: NOW + 5_000, reason: "journal_replaced" },
    ]);
  });

  test("gaps of journals, and those that the hub finds, each once", () => {
    const store = open();
    store.append("lid001", "e1", [
      { kind: "gap", seq: 1, fromMs: NOW - 500, atMs: NOW, reason: "agent_not_running", lost: null },
    ]);
    const gap = { kind: "gap", fromMs: NOW, atMs: NOW + 50, reason: "journal_replaced", lost: 3 } as const;
    store.appendGap("lid001", gap);
    store.appendGap("lid001", gap);
    store.flush();
    expect(items(store)).toMatchObject([
      { kind: "gap", supervisor: "lid001", from: NOW, to: NOW + 50, at: NOW + 50, reason: "journal_replaced", lost: 3 },
      { kind: "gap", uid: null, from: NOW - 500, to: NOW, at: NOW, reason: "agent_not_running", lost: null },
    ]);
  });

  test("that supervisord stops and groups change, without showing it among transitions", () => {
    const store = open();
    store.append("lid001", "e1", [
      { kind: "supervisor", seq: 1, atMs: NOW, state: "STOPPING" },
      { kind: "group", seq: 2, atMs: NOW, group: "PLC", change: "ADDED" },
    ]);
    store.flush();
    expect(items(store)).toEqual([]);
    expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 2 });
  });
});

describe("entries that come again", () => {
  test("are passed over, in this run and in the next", () => {
    const store = open();
    store.append("lid001", "e1", entries(1, 5));
    store.append("lid001", "e1", entries(3, 6));
    store.close();
    const next = open();
    expect(next.cursor("lid001")).toEqual({ epoch: "e1", seq: 6 });
    next.append("lid001", "e1", entries(1, 8));
    next.flush();
    expect(pids(next)).toEqual([108, 107, 106, 105, 104, 103, 102, 101]);
  });

  test("are counted for each supervisor and each journal by itself", () => {
    const store = open();
    store.append("a", "e1", entries(1, 2));
    store.append("b", "e1", entries(1, 1));
    store.append("a", "e2", entries(1, 3));
    store.append("a", "e1", entries(2, 2));
    store.append("a", "e2", entries(3, 4));
    store.flush();
    expect(items(store, { supervisor: "a" }).filter(({ kind }) => kind === "transition")).toHaveLength(6);
    expect(store.cursor("a")).toEqual({ epoch: "e2", seq: 4 });
    expect(store.cursor("b")).toEqual({ epoch: "e1", seq: 1 });
    expect(store.cursor("c")).toBeNull();
  });
});

test("what a journal had forgotten before the hub came, and a journal made anew, are gaps in the history", () => {
  const store = open();
  store.append("a", "e1", entries(1, 2));
  store.append("a", "e1", entries(5, 5));
  store.append("a", "e2", entries(7, 7));
  store.flush();
  expect(items(store).map(({ kind, at, ...more }) => [kind, at - NOW, "reason" in more ? more.reason : null])).toEqual([
    ["transition", 7, null],
    ["gap", 7, "journal_replaced"],
    ["transition", 5, null],
    ["gap", 5, "journal_expired"],
    ["transition", 2, null],
    ["transition", 1, null],
  ]);
  expect(items(store).flatMap((item) => (item.kind === "gap" ? [(item.from ?? 0) - NOW] : []))).toEqual([5, 2]);
});

test("the cursor counts what is about to be written, and is kept with it", async () => {
  const store = open();
  store.append("lid001", "e1", entries(1, 3));
  expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 3 });
  await until(() => pids(store).length === 3);
});

test("more than 4,096 transitions of one millisecond keep their order", () => {
  const store = open();
  store.append(
    "lid001",
    "e1",
    entries(1, 9_000).map((one) => ({ ...one, atMs: NOW })),
  );
  store.flush();
  expect(pids(store).slice(0, 3)).toEqual([9_100, 9_099, 9_098]);
  expect(items(store)[0]?.at).toBe(NOW + 2);
});

test("of many that are written together those that are there already are read, in their order, each process by itself", async () => {
  const store = open();
  const names = ["wcid00b", "wcid00a", "wcid00c"];
  const many = Array.from({ length: 20_000 }, (_, i) => entry(i + 1, { name: names[i % 3] }));
  store.append("lid001", "e1", many);
  const newest = () => items(store, { limit: "1" })[0]?.pid ?? 0;
  await until(() => newest() > 0);
  const then = newest();
  expect(then).toBeLessThan(20_100);
  expect(pids(store)).toEqual(Array.from({ length: 1_000 }, (_, i) => then - i));
  await until(() => newest() === 20_100);
  const own = (process: string) => items(store, { process, limit: "2" }).map(({ pid }) => pid);
  expect(names.map(own)).toEqual([
    [20_099, 20_096],
    [20_100, 20_097],
    [20_098, 20_095],
  ]);
});

test("a session that was ended stays ended, also after a restart, until it would have ended by itself", () => {
  const store = open();
  store.endedSessions.add("s1", NOW + 1);
  store.endedSessions.add("s2", NOW - 1);
  expect(store.endedSessions.has("s1")).toBe(true);
  store.close();
  expect(open().endedSessions.has("s1")).toBe(true);
  const db = new Database(place.path);
  expect(db.query("SELECT id FROM ended_sessions").values()).toEqual([["s1"]]);
  db.close();
});
