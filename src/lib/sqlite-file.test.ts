import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rememberFile } from "./sqlite-file.ts";

let folder: string;
let path: string;
let db: Database;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mvtest-"));
  path = join(folder, "x.sqlite");
  db = new Database(path, { create: true });
  db.run("PRAGMA journal_mode = WAL");
  db.run("CREATE TABLE t (a TEXT)");
  for (let i = 0; i < 20; i++) db.run("INSERT INTO t VALUES (?)", ["x".repeat(2_000)]);
  db.run("PRAGMA wal_checkpoint(TRUNCATE)");
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

test("a database that grows and shrinks is in no trouble", async () => {
  const file = rememberFile(path);
  for (let i = 0; i < 20; i++) db.run("INSERT INTO t VALUES (?)", ["x".repeat(2_000)]);
  expect(await file.trouble()).toBeNull();
  db.run("DELETE FROM t");
  db.run("VACUUM");
  db.run("PRAGMA wal_checkpoint(TRUNCATE)");
  expect([await file.trouble(), await file.trouble()]).toEqual([null, null]);
});

test("a file that was deleted is removed, whoever made another of its name", async () => {
  const file = rememberFile(path);
  expect(await file.trouble()).toBeNull();
  rmSync(path);
  expect(await file.trouble()).toBe("removed");
  await Bun.write(path, "another");
  expect(await file.trouble()).toBe("removed");
});

test.each([0, 100, 4_096])("a file that has shrunk and is short is truncated: to %i bytes", async (length) => {
  const file = rememberFile(path);
  expect(await file.trouble()).toBeNull();
  truncateSync(path, length);
  expect(await file.trouble()).toBe("truncated");
});

test("one that was short from the beginning is truncated at the second look: a checkpoint might have been under way", async () => {
  truncateSync(path, 4_096);
  const file = rememberFile(path);
  expect([await file.trouble(), await file.trouble()]).toEqual([null, "truncated"]);
});
