import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entries, NOW, pids, until } from "../../../test/support/temporary-store.ts";
import { createLogger } from "../../lib/logger.ts";
import { pragma } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";
import { openStore } from "./open-store.ts";
import { storeFailure } from "./store-failure.ts";
import { upgradeAside } from "./upgrade-aside.ts";

const folder = mkdtempSync(join(tmpdir(), "upgrade-"));
afterAll(() => rmSync(folder, { recursive: true }));

function older(name: string): string {
  const path = join(folder, name);
  openDatabase(path, MIGRATIONS.slice(0, 1)).close();
  return path;
}

function versionOf(path: string): number {
  const client = new Database(path);
  const version = pragma(client, "user_version");
  client.close();
  return version;
}

test("a process of its own brings an older history to the newest version", async () => {
  const path = older("older.sqlite");
  await upgradeAside(path).done;
  expect(versionOf(path)).toBe(MIGRATIONS.length);
});

test("what kept it from being done is told as SQLite said it", async () => {
  const path = join(folder, "none.sqlite");
  writeFileSync(path, "this is no database\n".repeat(500));
  const error = await upgradeAside(path).done.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: "SQLITE_NOTADB" });
});

test("ended from outside, it says so, and the history is as it was", async () => {
  const path = older("ended.sqlite");
  const upgrade = upgradeAside(path);
  upgrade.end();
  const error = await upgrade.done.catch((thrown: unknown) => thrown);
  expect(storeFailure(error, path)).toEqual({
    reason: `cannot write the history ${path}: bringing it to the newest version was ended from outside`,
    corrupt: false,
  });
  expect(versionOf(path)).toBe(1);
});

test("a hub whose history is older goes on meanwhile: what it is told then is written afterwards", async () => {
  const path = older("first-version.sqlite");
  const lines: string[] = [];
  const log = createLogger("INFO", (line) => lines.push(line));
  const store = openStore(path, { log, now: () => NOW, retryMs: 5, delayMs: 1, upgrade: upgradeAside });
  expect(store.status()).toMatchObject({ ok: false, reason: expect.stringContaining("is of version 1 and becomes") });
  store.append("lid001", "e1", entries(1, 2));
  await until(() => store.status().ok, 20_000);
  expect(store.cursor("lid001")).toBeNull();
  store.append("lid001", "e1", entries(1, 2));
  expect(store.flush()).toBe(true);
  expect(pids(store)).toEqual([102, 101]);
  store.close();
  expect(lines.some((line) => line.includes("is of this program's version now"))).toBe(true);
}, 60_000);
