import { Database } from "bun:sqlite";
import { afterEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "../../lib/logger.ts";
import type { AuditEntry } from "../audit/audit.ts";
import { openAudit } from "./open-audit.ts";

const dir = mkdtempSync(join(tmpdir(), "mvaudit-"));
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const entry = (user: string | null, what: AuditEntry["what"]): AuditEntry => ({
  ...{ user, address: "10.0.0.1", what, target: "a\nb", outcome: "ok", detail: "" },
});
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
  expect(lines.join("")).toContain("it is of version 99, this program knows 1; entries are in this log alone");
  expect(db.query("SELECT count(*) AS n FROM audit").get()).toEqual({ n: 0 });
  db.close();
});

test("what cannot be written is in the log, and nobody has to wait", () => {
  const lines: string[] = [];
  const audit = openAudit(
    "/proc/nowhere/audit.sqlite",
    createLogger("INFO", (line) => lines.push(line)),
    () => 5,
  );
  audit.add(entry("ann", "login"));
  expect(lines.filter((line) => line.includes("entries are in this log alone")).length).toBe(1);
  expect(lines.some((line) => line.includes('audit: login ok user="ann"'))).toBe(true);
  expect(() => audit.read(ALL)).toThrow("Cannot read the audit");
});
