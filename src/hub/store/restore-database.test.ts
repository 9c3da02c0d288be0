import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { entries, NOW, pids, temporaryStore } from "../../../test/support/temporary-store.ts";
import { createLogger } from "../../lib/logger.ts";
import { backUpDatabase } from "./back-up-database.ts";
import { holdDatabase } from "./hold-database.ts";
import { restoreDatabase } from "./restore-database.ts";

const { open, place } = temporaryStore();
const log = createLogger("ERROR");

test("a copy of a history in use is whole, and can be put back", () => {
  const copy = join(place.folder, "copy.sqlite");
  const store = open();
  store.append("lid001", "e", entries(1, 500));
  store.flush();
  backUpDatabase(place.path, copy);
  store.append("lid001", "e", entries(501, 510));
  store.flush();
  expect(() => backUpDatabase(place.path, copy)).toThrow("it exists already");
  store.close();

  const aside = restoreDatabase(place.path, copy, NOW, log);
  expect(aside).toBe(`${place.path}.before-restore-20261124T020000Z`);
  expect(existsSync(aside ?? "")).toBe(true);
  const restored = open();
  expect(pids(restored)).toHaveLength(500);
  expect(restored.cursor("lid001")).toEqual({ epoch: "e", seq: 500 });
  expect(readdirSync(dirname(place.path)).filter((name) => name.endsWith(".partial"))).toEqual([]);
});

test("nothing is put back while a hub runs on it", () => {
  open().close();
  const copy = join(place.folder, "copy.sqlite");
  backUpDatabase(place.path, copy);
  const letGo = holdDatabase(place.path, log);
  expect(() => restoreDatabase(place.path, copy, NOW, log)).toThrow("another hub writes to it");
  letGo();
  expect(() => restoreDatabase(place.path, place.path, NOW, log)).toThrow("it is the history itself");
  chmodSync(copy, 0o644);
  expect(restoreDatabase(place.path, copy, NOW, log)).toContain("before-restore");
  expect(statSync(place.path).mode & 0o777).toBe(0o600);
});

test.skipIf(process.getuid?.() !== 0)("what root puts back belongs to whom the folder belongs", () => {
  open().close();
  const copy = join(place.folder, "copy.sqlite");
  backUpDatabase(place.path, copy);
  chownSync(dirname(place.path), 12_345, 12_346);
  restoreDatabase(place.path, copy, NOW, log);
  for (const path of [place.path, `${place.path}-hub`])
    expect([statSync(path).uid, statSync(path).gid]).toEqual([12_345, 12_346]);
});

test("a history that cannot be written in its place stays as it is", () => {
  open().close();
  const copy = join(place.folder, "copy.sqlite");
  backUpDatabase(place.path, copy);
  mkdirSync(`${place.path}.partial`);
  expect(() => restoreDatabase(place.path, copy, NOW, log)).toThrow(/^Cannot restore .*; nothing has changed$/);
  expect(existsSync(place.path)).toBe(true);
});

test("what is no history is refused, and nothing changes", () => {
  open().close();
  const file = join(place.folder, "other");
  writeFileSync(file, "this is no database at all".repeat(100));
  expect(() => restoreDatabase(place.path, file, NOW, log)).toThrow("it is no history of multivisor");
  expect(() => backUpDatabase(file, join(place.folder, "copy"))).toThrow("it is no history of multivisor");
  expect(() => restoreDatabase(place.path, join(place.folder, "none"), NOW, log)).toThrow("no such file");
  expect(() => backUpDatabase(join(place.folder, "none"), join(place.folder, "copy"))).toThrow("no such file");
  expect(() => backUpDatabase(place.folder, join(place.folder, "copy"))).toThrow(`Cannot read ${place.folder}: `);
  expect(readdirSync(place.folder).sort()).toEqual(["other", "state"]);
});

test.each([
  ["another program's database", "CREATE TABLE t (a); PRAGMA application_id = 7", "it is no history of multivisor"],
  ["a newer program's", "PRAGMA user_version = 99", "it is of version 99, this program knows"],
])("%s is not put in the place of a history", (_, change, why) => {
  open().close();
  const file = join(place.folder, "other.sqlite");
  backUpDatabase(place.path, file);
  const other = new Database(file);
  other.run(change);
  other.close();
  expect(() => restoreDatabase(place.path, file, NOW, log)).toThrow(why);
  expect(readdirSync(dirname(place.path))).toEqual(["history.sqlite"]);
});

test("a history that cannot be read to its end is not copied, and nothing is left of the copy", () => {
  const store = open();
  store.append("lid001", "e", entries(1, 2_000));
  store.close();
  const bytes = readFileSync(place.path);
  writeFileSync(place.path, bytes.fill(0xa5, bytes.length / 2));
  const copy = join(place.folder, "copy.sqlite");
  expect(() => backUpDatabase(place.path, copy)).toThrow(`Cannot copy ${place.path} to ${copy}: `);
  expect(readdirSync(place.folder)).toEqual(["state"]);
});

test("what stands in the way of a copy is left alone", () => {
  open().close();
  const copy = join(place.folder, "copy.sqlite");
  mkdirSync(`${copy}.partial`);
  expect(() => backUpDatabase(place.path, copy)).toThrow(`Cannot copy ${place.path} to ${copy}: `);
  expect(readdirSync(place.folder).sort()).toEqual(["copy.sqlite.partial", "state"]);
});

test.skipIf(process.getuid?.() !== 0)(
  "a copy for which there is no room is not put back, and nothing is left of it",
  () => {
    const store = open();
    store.append("lid001", "e", entries(1, 2_000));
    store.close();
    const full = join(place.folder, "full");
    mkdirSync(full);
    const mount = Bun.spawnSync(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", full]);
    expect(mount.stderr.toString()).toBe("");
    try {
      expect(() => restoreDatabase(join(full, "history.sqlite"), place.path, NOW, log)).toThrow(
        /^Cannot restore .*: the disk is full; .*nothing has changed$/,
      );
      expect(readdirSync(full).filter((name) => !name.includes("-hub"))).toEqual([]);
    } finally {
      Bun.spawnSync(["umount", "--lazy", full]);
    }
  },
);

test("a copy that cannot be written is refused, and nothing is left of it", () => {
  open().close();
  const file = join(place.folder, "nowhere", "copy.sqlite");
  expect(() => backUpDatabase(place.path, file)).toThrow(
    `Cannot write ${file}: there is no folder ${dirname(file)}; make it`,
  );
  expect(readdirSync(place.folder)).toEqual(["state"]);
});
