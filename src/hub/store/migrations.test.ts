import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entry, NOW, until } from "../../../test/support/temporary-store.ts";
import { createLogger } from "../../lib/logger.ts";
import { parseHistoryQuery } from "./history-query.ts";
import { firstIdOf } from "./item-id.ts";
import { MIGRATIONS } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";
import { openStore } from "./open-store.ts";

const folder = mkdtempSync(join(tmpdir(), "migrations-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a history of the first version is taken over as it is, its gaps joined where they overlap", () => {
  const path = join(folder, "history.sqlite");
  const old = openDatabase(path, MIGRATIONS.slice(0, 2)).$client;
  old.run("INSERT INTO supervisors VALUES (1, 'lid001', 1)");
  old.run("INSERT INTO processes VALUES (1, 1, 'PLC', 'wcid00a')");
  old.run("INSERT INTO epochs VALUES (1, 1, 'e', 9)");
  const add = (atMs: number, code: number, more: (number | null)[]) =>
    old
      .query("INSERT INTO items VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)")
      .run(firstIdOf(atMs), code === 8 ? null : 1, code, ...more);
  add(NOW, 5, [2, 2, 100, null, 7]);
  add(NOW + 1_000, 3, [1, 0, null, 4, 8]);
  for (const [fromMs, atMs] of [
    [10, 20],
    [15, 40],
    [40, 50],
    [60, 70],
    [80, 80],
  ] as const) {
    add(NOW + atMs, 8, [null, 0, null, null, null]);
    old.run("INSERT INTO gaps VALUES (?, ?, 'events_lost', NULL)", [firstIdOf(NOW + atMs), NOW + fromMs]);
  }
  old.close();

  const store = openStore(path, { log: createLogger("ERROR"), now: () => NOW });
  const items = store.history(parseHistoryQuery({})).items.filter(({ kind }) => kind === "transition");
  expect(items).toMatchObject([
    { uid: "lid001:PLC:wcid00a", from_state: "STARTING", to_state: "BACKOFF", tries: 4, pid: null, expected: null },
    { from_state: "RUNNING", to_state: "EXITED", expected: false, pid: 100, at: NOW, cause: null },
  ]);
  expect(store.lastKnownMs("lid001")).toBe(NOW + 1_000);
  expect(store.cursor("lid001")).toEqual({ epoch: "e", seq: 9 });
  store.append("lid001", "e", [entry(10)]);
  expect(store.flush()).toBe(true);
  store.close();
  const db = openDatabase(path).$client;
  expect(db.query("SELECT from_ms - ?1, to_ms - ?1 FROM unknowns ORDER BY to_ms").values(NOW)).toEqual([
    [10, 50],
    [60, 70],
  ]);
  db.close();
});

test("the first summary of it waits until the accounts of all its processes are written", async () => {
  const path = join(folder, "uncounted.sqlite");
  const old = openDatabase(path, MIGRATIONS.slice(0, 2)).$client;
  old.run("INSERT INTO supervisors VALUES (1, 'lid001', 1)");
  const DAY = 86_400_000;
  const COUNT = 400;
  const process = old.query("INSERT INTO processes VALUES (?, 1, 'PLC', ?)");
  const item = old.query("INSERT INTO items VALUES (?, 1, ?, 2, 1, 0, 100, NULL, ?)");
  old.transaction(() => {
    for (let i = 1; i <= COUNT; i++) {
      process.run(i, `wcid${i}`);
      item.run(firstIdOf(NOW - DAY) + i, i, i);
      item.run(firstIdOf(NOW) + i, i, COUNT + i);
    }
  })();
  old.close();
  const store = openStore(path, { log: createLogger("ERROR"), now: () => NOW + 60_000 });
  const window = { fromMs: NOW - DAY, toMs: NOW + 60_000 };
  const rows = await store.summary({ uid: null, supervisor: null, group: null, process: null, by: "group", ...window });
  expect(rows).toMatchObject([{ processes: COUNT, figures: { upMs: COUNT * (DAY + 60_000), unknownMs: 0 } }]);
  const db = openDatabase(path).$client;
  expect(db.query("SELECT count(DISTINCT process_id) FROM checkpoints").values()).toEqual([[COUNT]]);
  db.close();
  store.close();
});

describe("an older history is brought to the newest version in a process of its own:", () => {
  const older = (name: string): string => {
    const path = join(folder, name);
    const old = openDatabase(path, MIGRATIONS.slice(0, 2));
    old.$client.run("INSERT INTO supervisors VALUES (1, 'lid001', 1)");
    old.$client.run("INSERT INTO epochs VALUES (1, 1, 'e', 9)");
    old.$client.run("INSERT INTO ended_sessions VALUES ('s1', ?)", [NOW + 60_000]);
    old.close();
    return path;
  };
  const beginOn = (path: string, attempts: PromiseWithResolvers<void>[]) => {
    const lines: string[] = [];
    let replays = 0;
    const store = openStore(path, {
      ...{ log: createLogger("INFO", (line) => lines.push(line.slice(25))), now: () => NOW, retryMs: 5, delayMs: 1 },
      onReplay: () => replays++,
      upgrade() {
        const attempt = Promise.withResolvers<void>();
        attempts.push(attempt);
        return { done: attempt.promise, end: () => {} };
      },
    });
    return { store, lines, replays: () => replays };
  };

  test("all goes on without it meanwhile, and then everything is read from where it ends", async () => {
    const path = older("aside.sqlite");
    const attempts: PromiseWithResolvers<void>[] = [];
    const { store, lines, replays } = beginOn(path, attempts);
    expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("is of version 2 and becomes") });
    expect(() => store.history(parseHistoryQuery({}))).toThrow(/^Cannot read the history: .* let it run/);
    expect(store.endedSessions.has("s1")).toBe(true);
    store.append("lid001", "e", [entry(1), entry(12)]);
    expect(store.flush()).toBe(false);
    openDatabase(path).close();
    attempts[0]?.resolve();
    await until(() => store.status().ok && replays() === 1);
    expect(attempts).toHaveLength(1);
    expect(store.cursor("lid001")).toEqual({ epoch: "e", seq: 9 });
    expect(store.history(parseHistoryQuery({})).items).toEqual([]);
    expect(lines.every((line) => line.startsWith("INFO"))).toBe(true);
    store.close();
  });

  test("where that fails it is said once, and tried again", async () => {
    const path = older("fails.sqlite");
    const attempts: PromiseWithResolvers<void>[] = [];
    const { store, lines } = beginOn(path, attempts);
    for (let i = 0; i < 3; i++) {
      await until(() => attempts.length > i);
      attempts[i]?.reject(Object.assign(new Error("database or disk is full"), { code: "SQLITE_FULL" }));
    }
    await until(() => attempts.length > 3);
    expect(store.status()).toMatchObject({ reason: expect.stringContaining("the disk is full; make room") });
    expect(lines.map((line) => line.split(" ")[0])).toEqual(["INFO", "ERROR"]);
    store.close();
  });
});
