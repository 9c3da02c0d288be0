import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { createLogger } from "../../lib/logger.ts";
import { parseHistoryQuery } from "./history-query.ts";
import { openStore, type StoreOptions } from "./open-store.ts";
import type { Store, StoreStatus } from "./store.ts";

const NOW = Date.UTC(2026, 10, 24, 2);
let folder: string;
let path: string;
let lines: string[];
let stores: Store[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "store-"));
  path = join(folder, "state", "history.sqlite");
  lines = [];
  stores = [];
});
afterEach(() => {
  for (const store of stores) store.close();
  rmSync(folder, { recursive: true });
});

function open(options: Partial<StoreOptions> = {}): Store {
  const log = createLogger("INFO", (line) => lines.push(line.slice(25)));
  const store = openStore(path, { log, now: () => NOW, retryMs: 5, delayMs: 1, ...options });
  stores.push(store);
  return store;
}

const entry = (seq: number, extra: object = {}): JournalEntry =>
  ({
    kind: "transition",
    seq,
    atMs: NOW + seq,
    group: "PLC",
    name: "wcid00a",
    fromState: "STARTING",
    toState: "RUNNING",
    pid: 100 + seq,
    expected: null,
    tries: null,
    sampled: false,
    ...extra,
  }) as JournalEntry;
const entries = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));
const items = (store: Store, parameters: object = {}) => store.history(parseHistoryQuery(parameters)).items;
const pids = (store: Store) => items(store, { limit: "1000" }).map(({ pid }) => pid);

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error("did not happen within 5 s");
    await Bun.sleep(2);
  }
}

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

describe("while the file cannot be used the hub goes on:", () => {
  const lock = () => {
    const other = new Database(path);
    other.run("BEGIN EXCLUSIVE");
    return { end: () => other.close() };
  };

  test("locked by another program: entries wait, one line is logged, and then they are written", async () => {
    const seen: StoreStatus[] = [];
    const store = open({ onStatus: (status) => seen.push(status) });
    const locked = lock();
    store.append("lid001", "e1", entries(1, 3));
    await until(() => !store.status().ok);
    expect(store.flush()).toBe(false);
    locked.end();
    await until(() => store.status().ok);
    expect(pids(store)).toEqual([103, 102, 101]);
    expect(seen.map(({ ok }) => ok)).toEqual([false, true]);
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["ERROR", "INFO"]);
    expect(lines[0]).toContain("another program holds it locked; end that program");
  });

  test("locked for so long that too many wait: they are dropped, and read again from where the table ends", async () => {
    let replays = 0;
    const store = open({ maxQueue: 10, onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 2));
    store.flush();
    const locked = lock();
    store.append("lid001", "e1", entries(3, 4));
    store.flush();
    store.appendGap("lid002", { kind: "gap", fromMs: NOW, atMs: NOW + 1, reason: "journal_replaced", lost: null });
    store.append("lid001", "e1", entries(5, 30));
    expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 2 });
    locked.end();
    await until(() => store.status().ok && replays > 0);
    store.append("lid001", "e1", entries(31, 31)); // of the stream that is about to be closed
    expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 2 });
    store.append("lid001", "e1", entries(3, 31));
    store.flush();
    expect(pids(store).filter((pid) => pid !== null)).toEqual(
      entries(1, 31)
        .map(({ seq }) => 100 + seq)
        .reverse(),
    );
    expect(items(store, { supervisor: "lid002" })).toHaveLength(1);
  });

  test("a folder that cannot be made: no history, and an answer that says so", () => {
    writeFileSync(join(folder, "state"), "a file");
    const store = open();
    store.append("lid001", "e1", entries(1, 1));
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("name another with --db") });
    expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 1 });
    expect(() => store.history(parseHistoryQuery({}))).toThrow(/^Cannot read the history: /);
    expect(lines).toHaveLength(1);
  });

  test("a newer program's file is left as it is", () => {
    open().close();
    new Database(path).run("PRAGMA user_version = 99");
    const store = open();
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("is of version 99") });
    expect(readdirSync(join(folder, "state")).some((name) => name.includes("corrupt"))).toBe(false);
  });

  test("another program's database is left as it is", () => {
    path = join(folder, "other.sqlite");
    new Database(path).run("CREATE TABLE t (a)");
    expect(open().status()).toMatchObject({ ok: false, reason: expect.stringContaining("belongs to another program") });
  });
});

describe("a damaged file", () => {
  /** Overwrites all pages but the first; the write before it makes other connections read anew. */
  const damage = (file: string) => {
    const other = new Database(file);
    other.run("INSERT INTO spawnerrs (text) VALUES ('x')");
    other.query("PRAGMA wal_checkpoint(TRUNCATE)").all();
    other.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xa5, 4_096));
  };

  test("is set aside with a time stamp, and a new one begins", () => {
    path = join(folder, "history.sqlite");
    writeFileSync(path, "this was a database once ".repeat(1_000));
    const store = open();
    expect(store.status()).toEqual({ ok: true });
    expect(existsSync(`${path}.corrupt-20261124T020000Z`)).toBe(true);
    store.append("lid001", "e1", entries(1, 1));
    store.flush();
    expect(pids(store)).toEqual([101]);
    expect(lines.filter((line) => line.includes("set aside as"))).toHaveLength(1);
  });

  test("that is found while the hub runs is set aside, and everything is read again", async () => {
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 2_000));
    store.append("lid002", "e1", entries(1, 1));
    store.flush();
    damage(path);
    store.append("lid001", "e1", entries(2_001, 2_002));
    store.append("lid002", "e1", entries(2, 2));
    await until(() => replays === 1);
    expect(store.cursor("lid001")).toBeNull();
    expect(store.cursor("lid002")).toBeNull();
    store.append("lid002", "e1", entries(1, 2));
    store.flush();
    expect(pids(store)).toEqual([102, 101]);
  });
});

test("a session that was ended stays ended, also after a restart, until it would have ended by itself", () => {
  const store = open();
  store.endedSessions.add("s1", NOW + 1);
  store.endedSessions.add("s2", NOW - 1);
  expect(store.endedSessions.has("s1")).toBe(true);
  store.close();
  expect(open().endedSessions.has("s1")).toBe(true);
  const db = new Database(path);
  expect(db.query("SELECT id FROM ended_sessions").values()).toEqual([["s1"]]);
  db.close();
});
