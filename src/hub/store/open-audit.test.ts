import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createLogger } from "../../lib/logger.ts";
import type { AuditEntry } from "../audit/audit.ts";
import { openAudit } from "./open-audit.ts";

const dir = mkdtempSync(join(tmpdir(), "mvaudit-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const entry = (user: string | null, what: AuditEntry["what"]): AuditEntry => ({
  ...{ user, address: "10.0.0.1", what, target: "a\nb", outcome: "ok", detail: "" },
});
/** … and the lines that it logs. */
function opened(path: string, level: "INFO" | "ERROR") {
  const lines: string[] = [];
  const log = createLogger(level, (line) => lines.push(line));
  return { audit: openAudit(path, log, () => 5), lines };
}
const ALL = { limit: 100, before: null, user: null, what: null };

test("the audit outlives the hub, newest first, by page, user and kind", () => {
  const path = join(dir, "sub", "audit.sqlite");
  const log = createLogger("ERROR");
  const first = openAudit(path, log, () => 5);
  for (const user of ["ann", "bob", null]) first.add(entry(user, "login"));
  first.add(entry("ann", "logout"));
  first.close();
  const audit = openAudit(path, log, () => 6);
  expect(audit.read(ALL).map(({ id, user, what }) => [id, user, what])).toEqual([
    [4, "ann", "logout"],
    [3, null, "login"],
    [2, "bob", "login"],
    [1, "ann", "login"],
  ]);
  expect(audit.read({ ...ALL, limit: 2, before: 4 }).map(({ id }) => id)).toEqual([3, 2]);
  expect(audit.read({ ...ALL, user: "ann", what: "login" }).map(({ id }) => id)).toEqual([1]);
  audit.close();
  const db = new Database(path);
  expect(() => db.run("DELETE FROM audit")).toThrow("append-only");
  expect(() => db.run("UPDATE audit SET user = 'eve'")).toThrow("append-only");
  db.close();
});

test("a newer program's audit is left as it is, and entries are in the log", () => {
  const path = join(dir, "newer.sqlite");
  const lines: string[] = [];
  const log = createLogger("INFO", (line) => lines.push(line));
  openAudit(path, log, () => 5).close();
  const db = new Database(path);
  db.run("PRAGMA user_version = 99");
  openAudit(path, log, () => 5).add(entry("ann", "login"));
  expect(lines.filter((line) => line.includes("ERROR"))).toHaveLength(1);
  expect(lines.join("")).toContain(`the audit ${path} is of version 99, this program knows 1; use a newer program`);
  expect(db.query("SELECT count(*) AS n FROM audit").get()).toEqual({ n: 0 });
  db.close();
});

test("what cannot be written is in the log, and nobody has to wait", () => {
  const { audit, lines } = opened("/proc/nowhere/audit.sqlite", "INFO");
  audit.add(entry("ann", "login"));
  expect(lines.filter((line) => line.includes("entries are in this log alone")).length).toBe(1);
  expect(lines.some((line) => line.includes('audit: login ok user="ann"'))).toBe(true);
  expect(() => audit.read(ALL)).toThrow("Cannot read the audit");
});

test("another program's database is left as it is", () => {
  const path = join(dir, "other.sqlite");
  new Database(path).run("CREATE TABLE t (a)");
  const audit = openAudit(
    path,
    createLogger("ERROR", () => {}),
    () => 5,
  );
  audit.add(entry("ann", "login"));
  expect(() => audit.read(ALL)).toThrow(/^Cannot read the audit: the database .* belongs to another program/);
  expect(new Database(path).query("SELECT name FROM sqlite_schema").all()).toEqual([{ name: "t" }]);
});

test("a locked audit is said once, and once more when it is written again; reading it goes on", () => {
  const path = join(dir, "locked.sqlite");
  const lines: string[] = [];
  const log = createLogger("INFO", (line) => lines.push(line));
  const audit = openAudit(path, log, () => 5);
  audit.add(entry("ann", "login"));
  const other = new Database(path);
  other.run("BEGIN IMMEDIATE");
  for (let i = 0; i < 3; i++) {
    audit.add(entry("bob", "login"));
    expect(audit.read(ALL)).toHaveLength(1);
  }
  other.close();
  audit.add(entry("eve", "login"));
  expect(audit.read(ALL).map(({ user }) => user)).toEqual(["eve", "ann"]);
  audit.close();
  const about = lines.filter((line) => line.includes("Audit: "));
  expect(about).toHaveLength(2);
  expect(about[0]).toContain("another program holds it locked; end that program");
  expect(about[1]).toContain("is written again");
});

test("a damaged audit that cannot be renamed is left, which is said once, and entries are in the log", () => {
  const path = join(dir, "stuck.sqlite");
  writeFileSync(path, "this was a database once ".repeat(1_000));
  mkdirSync(`${path}.corrupt-19700101T000000Z`);
  const { audit, lines } = opened(path, "INFO");
  for (let i = 0; i < 2; i++) audit.add(entry("ann", "login"));
  audit.close();
  const errors = lines.filter((line) => line.includes("ERROR"));
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatch(/is damaged .*, and it cannot be renamed: .*; remove it/);
  expect(lines.filter((line) => line.includes('audit: login ok user="ann"'))).toHaveLength(2);
});

test("an audit that is damaged while it is in use is set aside, and what is done then is in the new one", () => {
  const path = join(dir, "hurt.sqlite");
  const { audit, lines } = opened(path, "ERROR");
  audit.add(entry("ann", "login"));
  const other = new Database(path);
  other.run("PRAGMA user_version = 1"); // others read anew
  other.query("PRAGMA wal_checkpoint(TRUNCATE)").all();
  other.close();
  writeFileSync(path, readFileSync(path).fill(0xa5, 4_096));
  audit.add(entry("bob", "login"));
  expect(audit.read(ALL).map(({ user }) => user)).toEqual(["bob"]);
  audit.close();
  expect(readdirSync(dir)).toContain("hurt.sqlite.corrupt-19700101T000000Z");
  expect(lines).toHaveLength(1);
});

test("a damaged audit is set aside, and what is done meanwhile is in the new one", () => {
  const path = join(dir, "damaged.sqlite");
  writeFileSync(path, "this was a database once ".repeat(1_000));
  const { audit, lines } = opened(path, "ERROR");
  audit.add(entry("ann", "login"));
  expect(audit.read(ALL).map(({ user }) => user)).toEqual(["ann"]);
  audit.close();
  expect(readdirSync(dir)).toContain("damaged.sqlite.corrupt-19700101T000000Z");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("set aside as");
});

test("an audit that is removed while it is in use begins anew, and what is read in pages does not go on in it", async () => {
  const path = join(dir, "removed.sqlite");
  const { audit, lines } = opened(path, "ERROR");
  for (const user of ["ann", "bob"]) audit.add(entry(user, "login"));
  const page = audit.pages();
  expect(page({ ...ALL, limit: 1 }).map(({ user }) => user)).toEqual(["bob"]);
  rmSync(path);
  await waitFor("it to be seen", () => lines.length > 0);
  expect(lines[0]).toContain(`the audit ${path} was removed while it was in use; a new one begins`);
  expect(() => page({ ...ALL, limit: 1, before: 2 })).toThrow(`Cannot read on: the audit ${path}`);
  audit.add(entry("eve", "login"));
  expect(audit.read(ALL).map(({ user }) => user)).toEqual(["eve"]);
  audit.close();
  expect(readdirSync(dir)).toContain("removed.sqlite");
}, 60_000);
