import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { entries, entry, items, NOW, pids, temporaryStore, until } from "../../../test/support/temporary-store.ts";
import { parseHistoryQuery } from "./history-query.ts";
import type { StoreStatus } from "./store.ts";

const { open, place } = temporaryStore();

describe("while the file cannot be used the hub goes on:", () => {
  const lock = () => {
    const other = new Database(place.path);
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
    expect(place.lines.map((line) => line.split(" ")[0])).toEqual(["ERROR", "INFO"]);
    expect(place.lines[0]).toContain("another program holds it locked; end that program");
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

  test("a place.folder that cannot be made: no history, and an answer that says so", () => {
    writeFileSync(join(place.folder, "state"), "a file");
    const store = open();
    store.append("lid001", "e1", entries(1, 1));
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("name another with --db") });
    expect(store.cursor("lid001")).toEqual({ epoch: "e1", seq: 1 });
    expect(() => store.history(parseHistoryQuery({}))).toThrow(/^Cannot read the history: /);
    expect(place.lines).toHaveLength(1);
  });

  test("a newer program's file is left as it is", () => {
    open().close();
    new Database(place.path).run("PRAGMA user_version = 99");
    const store = open();
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("is of version 99") });
    expect(readdirSync(join(place.folder, "state")).some((name) => name.includes("corrupt"))).toBe(false);
  });

  test("… and as soon as it is one of ours what happened meanwhile is written into it", async () => {
    const first = open();
    first.append("lid001", "e1", entries(1, 2));
    first.close();
    const file = new Database(place.path);
    const { user_version } = file.query("PRAGMA user_version").get() as { user_version: number };
    file.run("PRAGMA user_version = 99");
    const store = open();
    store.append("lid001", "e1", entries(3, 5));
    file.run(`PRAGMA user_version = ${user_version}`);
    file.close();
    await until(() => store.status().ok);
    expect(store.flush()).toBe(true);
    expect(pids(store)).toEqual([105, 104, 103, 102, 101]);
    expect(place.lines.filter((line) => line.startsWith("ERROR"))).toHaveLength(1);
  });

  test("a file that lacks one of our tables: the reason is said, and it is not held open", () => {
    open().close();
    const other = new Database(place.path);
    other.run("DROP TABLE ended_sessions");
    other.close();
    const store = open({ retryMs: 60_000 });
    expect(store.status()).toMatchObject({
      ok: false,
      reason: expect.stringContaining("no such table: ended_sessions"),
    });
    expect(held()).toBe(0);
  });

  test("another program's database is left as it is", () => {
    place.path = join(place.folder, "other.sqlite");
    new Database(place.path).run("CREATE TABLE t (a)");
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
    place.path = join(place.folder, "history.sqlite");
    writeFileSync(place.path, "this was a database once ".repeat(1_000));
    const store = open();
    expect(store.status()).toEqual({ ok: true });
    expect(existsSync(`${place.path}.corrupt-20261124T020000Z`)).toBe(true);
    store.append("lid001", "e1", entries(1, 1));
    store.flush();
    expect(pids(store)).toEqual([101]);
    expect(place.lines.filter((line) => line.includes("set aside as"))).toHaveLength(1);
  });

  test("that cannot be renamed is left, which is said once, until somebody removes it", async () => {
    place.path = join(place.folder, "history.sqlite");
    writeFileSync(place.path, "this was a database once ".repeat(1_000));
    mkdirSync(`${place.path}.corrupt-20261124T020000Z`);
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    for (let i = 1; i <= 3; i++) {
      store.append("lid001", "e1", entries(i, i));
      expect(store.flush()).toBe(false);
    }
    expect(place.lines).toHaveLength(1);
    expect(place.lines[0]).toMatch(/is damaged \(.*, and it cannot be renamed: .*; remove it\n$/);
    rmSync(place.path);
    await until(() => store.status().ok);
    expect(replays).toBe(1);
    expect(store.cursor("lid001")).toBeNull();
  });

  test("that shows when the history is read is set aside as well; what was asked for is not known", async () => {
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 2_000));
    store.flush();
    damage(place.path);
    expect(store.states(NOW, NOW + 1_000)).toEqual([]);
    await until(() => replays === 1 && store.status().ok);
    expect(existsSync(`${place.path}.corrupt-20261124T020000Z`)).toBe(true);
  });

  test("that is found while the hub runs is set aside, and everything is read again", async () => {
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 2_000));
    const targets = [{ supervisor: "lid002", atMs: NOW, processes: ["PLC:wcid00a" as const] }];
    const actor = { user: "ann", address: "10.0.0.7" };
    store.recordCommand({ actor, method: "start", detail: "", patterns: ["lid002:*"], targets });
    store.append("lid002", "e1", [entry(1, { fromState: "STOPPED", toState: "STARTING" })]);
    store.flush();
    expect(items(store, { supervisor: "lid002" })).toMatchObject([{ cause: "user" }]);
    damage(place.path);
    store.append("lid001", "e1", entries(2_001, 2_002));
    store.append("lid002", "e1", entries(2, 2));
    await until(() => replays === 1);
    expect(store.cursor("lid001")).toBeNull();
    expect(store.cursor("lid002")).toBeNull();
    store.append("lid002", "e1", [entry(1, { fromState: "STOPPED", toState: "STARTING" }), entry(2)]);
    store.flush();
    expect(items(store).map(({ pid, cause }) => [pid, cause])).toEqual([
      [102, "user"],
      [101, "user"],
    ]);
  });
});

describe("while the hub runs its history's file", () => {
  test("is deleted: a new one begins, and everything is read again", async () => {
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 3));
    store.flush();
    rmSync(place.path);
    const page = store.historyPages();
    expect(page(parseHistoryQuery({})).items).toHaveLength(3);
    await until(() => replays === 1, 20_000);
    expect(() => page(parseHistoryQuery({}))).toThrow("Cannot read on: the history");
    expect(place.lines.filter((line) => line.startsWith("ERROR"))).toEqual([
      `ERROR History: the history ${place.path} was removed while it was in use; a new one begins\n`,
    ]);
    expect(store.cursor("lid001")).toBeNull();
    store.append("lid001", "e1", entries(1, 4));
    store.flush();
    expect(pids(store)).toEqual([104, 103, 102, 101]);
    expect(existsSync(place.path)).toBe(true);
  }, 60_000);

  test("is cut off: what is left is set aside, and everything is read again", async () => {
    let replays = 0;
    const store = open({ onReplay: () => replays++ });
    store.append("lid001", "e1", entries(1, 3));
    store.flush();
    store.close();
    const again = open({ onReplay: () => replays++ });
    truncateSync(place.path, 4_096);
    await until(() => replays === 1, 20_000);
    expect(existsSync(`${place.path}.corrupt-20261124T020000Z`)).toBe(true);
    expect(again.cursor("lid001")).toBeNull();
  }, 60_000);
});

test.skipIf(!existsSync("/proc/self/fd"))(
  "a history that is set aside is let go of, with the space that it takes",
  () => {
    const store = open();
    store.append("lid001", "e1", entries(1, 50));
    store.flush();
    items(store);
    expect(held()).toBeGreaterThan(0);
    store.close();
    expect(held()).toBe(0);
  },
);

/** Descriptors of ours; none where the system does not tell. */
const held = () =>
  !existsSync("/proc/self/fd")
    ? 0
    : readdirSync("/proc/self/fd").filter((fd) => openAs(fd).startsWith(place.path)).length;

function openAs(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`);
  } catch {
    return ""; // closed meanwhile
  }
}
