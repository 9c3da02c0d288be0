import { Database } from "bun:sqlite";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "../../lib/logger.ts";
import { parseHistoryQuery } from "./history-query.ts";
import { HISTORY_SQL } from "./history-rows.ts";
import { openDatabase } from "./open-database.ts";
import { openStore } from "./open-store.ts";
import { RUN_SQL } from "./run-rows.ts";

const db = openDatabase(":memory:");
const plan = (sql: string): string[] =>
  db.$client
    .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?\d*/g, "1")}`)
    .all()
    .map(({ detail }) => detail);

test.each([
  [HISTORY_SQL.everything, "SEARCH items USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"],
  [HISTORY_SQL.trouble, "SEARCH items USING INDEX items_of_trouble (id>? AND id<?)"],
  [HISTORY_SQL.beside, "SEARCH items USING INDEX items_beside (id>? AND id<?)"],
  [HISTORY_SQL.ofActions, "SEARCH items USING INDEX items_of_actions (id>? AND id<?)"],
  [RUN_SQL.newest, "SEARCH items USING INDEX items_by_run (<expr>=? AND run=? AND rowid>? AND rowid<?)"],
  [RUN_SQL.ofStates, "SEARCH items USING INDEX items_by_run (<expr>=? AND run>? AND run<?)"],
])("the rows of a page are found by an index, in order: %s", (sql, expected) => {
  expect(plan(sql)).toEqual([expected]);
});

test("those of several runs are found without a look at the table", () => {
  expect(plan(RUN_SQL.placesOfRuns)).toEqual([
    "SCAN asked VIRTUAL TABLE INDEX 1:",
    "SEARCH x USING COVERING INDEX items_by_run (<expr>=? AND run=? AND rowid>? AND rowid<?)",
  ]);
});

test("of each supervisor what is not known at a moment is found by one search", () => {
  expect(plan(HISTORY_SQL.unknownAt).slice(1)).toEqual([
    "SEARCH u USING PRIMARY KEY (supervisor_id=? AND to_ms=?)",
    "CORRELATED SCALAR SUBQUERY 1",
    "SEARCH x USING PRIMARY KEY (supervisor_id=? AND to_ms>?)",
  ]);
});

/** Names, of which all are meant; what has one row; and what a question finds out on its way. */
const SMALL = /^SCAN (supervisors|processes|epochs|s|forgotten|ended_sessions|CONSTANT ROW|look|found|asked)\b/;

const asked = new Set<string>();
const { query, prepare } = Database.prototype;
const folder = mkdtempSync(join(tmpdir(), "plans-"));

beforeAll(() => {
  Database.prototype.query = function (this: Database, sql: string) {
    asked.add(sql);
    return query.call(this, sql);
  } as typeof query;
  Database.prototype.prepare = function (this: Database, sql: string, ...more: []) {
    asked.add(sql);
    return prepare.call(this, sql, ...more);
  } as typeof prepare;
});
afterAll(() => {
  Object.assign(Database.prototype, { query, prepare });
  rmSync(folder, { recursive: true });
});

test("whatever the store asks, it looks for nothing without an index", async () => {
  const now = Date.UTC(2026, 0, 40);
  const retention = () => ({ days: 1, maxBytes: 1, evidenceDays: 1 });
  const store = openStore(join(folder, "h.sqlite"), { log: createLogger("ERROR"), now: () => now, retention, few: 0 });
  const names = { group: "g", name: "p", fromState: null, toState: "EXITED", expected: false, pid: 1 } as const;
  const atMs = Date.UTC(2026, 0, 1);
  store.append("a", "e", [
    { kind: "transition", seq: 1, atMs, ...names, tries: null, sampled: false },
    { kind: "group", seq: 2, atMs, group: "g", change: "ADDED" },
    { kind: "gap", seq: 3, fromMs: atMs, atMs: atMs + 9, reason: "events_lost", lost: 1 },
    { kind: "detail", seq: 4, atMs, ofSeq: 1, ofMs: atMs, group: "g", name: "p", spawnerr: "no" },
  ]);
  store.flush();
  const filter = { uid: null, supervisor: null, group: null, process: null } as const;
  for (const one of [{}, { uid: "a:g:p" }, { text: "x" }, { to: String(atMs + 4), kind: "all" }])
    store.history(parseHistoryQuery(one));
  for (const by of ["process", "group", "supervisor"] as const)
    await store.summary({ ...filter, by, fromMs: atMs, toMs: now });
  store.figures({ ...filter, uid: "a:g:p" }, [atMs, now]);
  store.timeline({ uid: "a:g:p", fromMs: atMs, toMs: now, width: 10 });
  store.states(atMs, now);
  store.stats("a", "g:p", { fromMs: atMs, toMs: now });
  store.lastEvidence("a", "g:p");
  await store.warm();
  store.close();
  const questions = [...asked].filter((sql) => /^\s*(select|with|delete|update)/i.test(sql));
  expect(questions.length).toBeGreaterThan(30);
  const without = questions.flatMap((sql) =>
    plan(sql).flatMap((detail) =>
      /SCAN|TEMP B-TREE/.test(detail) && !SMALL.test(detail) ? [`${detail}: ${sql}`] : [],
    ),
  );
  expect(without).toEqual([]);
});
