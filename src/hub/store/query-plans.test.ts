import { expect, test } from "bun:test";
import { BULK_SQL } from "./bulk-accounts.ts";
import { prepareItemQuery } from "./history-item.ts";
import { HISTORY_SQL } from "./history-rows.ts";
import { openDatabase } from "./open-database.ts";

const db = openDatabase(":memory:");
const plan = (sql: string): string[] =>
  db.$client
    .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${sql.replaceAll(/\?\d*/g, "1")}`)
    .all()
    .map(({ detail }) => detail);

const searches = (sql: string) => plan(sql).map((detail) => detail.replace(/ LEFT-JOIN$/, ""));

test.each([
  ["everything", ["SEARCH items USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)"]],
  ["trouble", ["SEARCH items USING INDEX items_of_trouble (id>? AND id<?)"]],
  ["ofActions", ["SEARCH items USING INDEX items_of_actions (id>? AND id<?)"]],
  ["ofRun", ["SEARCH items USING INDEX items_by_run (run=? AND rowid>? AND rowid<?)"]],
] as const)("the rows of a page (%s) are found by an index, in order", (name, expected) => {
  expect(searches(HISTORY_SQL[name])).toEqual([...expected]);
});

/** Supervisors are few, and all of them are meant. */
const { unknownAt, ...searched } = HISTORY_SQL;
const everySql = { ...searched, ...BULK_SQL, item: prepareItemQuery(db).getQuery().sql };

test("of each supervisor what is not known at a moment is found by one search", () => {
  expect(plan(unknownAt).slice(1)).toEqual([
    "SEARCH u USING PRIMARY KEY (supervisor_id=? AND to_ms=?)",
    "CORRELATED SCALAR SUBQUERY 1",
    "SEARCH x USING PRIMARY KEY (supervisor_id=? AND to_ms>?)",
  ]);
});

test.each(Object.entries(everySql))("nothing is looked for without an index: %s", (_, sql) => {
  expect(plan(sql).filter((detail) => /SCAN|TEMP B-TREE/.test(detail))).toEqual([]);
});
