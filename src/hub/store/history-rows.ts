import { GAP_CODE, LAST_STATE_CODE, runOf, TROUBLE_CODES } from "./item-codes.ts";
import { firstIdOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { type FoundRow, foundAll, type IdRange, type RowSource } from "./row-source.ts";
import { runRows } from "./run-rows.ts";

const SELECT = "SELECT id, run, facts FROM items";
const IN_RANGE = "id > ? AND id < ?";
const NEWEST = "ORDER BY id DESC LIMIT ?";

/** In SQL, to be tested for their plans. */
export const HISTORY_SQL = {
  everything: `${SELECT} WHERE ${IN_RANGE} ${NEWEST}`,
  trouble: `${SELECT} WHERE run & 31 IN (${TROUBLE_CODES.join(", ")}) AND ${IN_RANGE} ${NEWEST}`,
  beside: `${SELECT} WHERE run & 31 > ${LAST_STATE_CODE} AND ${IN_RANGE} ${NEWEST}`,
  ofActions: `${SELECT} WHERE action_id IS NOT NULL AND ${IN_RANGE} ${NEWEST}`,
  /** supervisors of which nothing was known at a moment, and until when */
  unknownAt: `SELECT s.id, u.to_ms FROM supervisors AS s CROSS JOIN unknowns AS u ON u.supervisor_id = s.id
    AND u.to_ms = (SELECT x.to_ms FROM unknowns AS x WHERE x.supervisor_id = s.id AND x.to_ms > ?1 ORDER BY x.to_ms LIMIT 1)
    WHERE u.from_ms <= ?1`,
  gapFrom: "SELECT from_ms FROM gaps WHERE item_id = ?",
} as const;

/** Of a row that an index names, in rows that are looked at: each is on another page. */
const APART_COST = 2;

/** Where the rows of the history are found, newest first. */
export function historyRows(db: HistoryDatabase) {
  const client = db.$client;
  const source = (sql: string, costOfRow = 1): RowSource => {
    const statement = client.query(sql);
    return (range, limit) =>
      foundAll(rowsOf(statement.values(range.after, range.before, limit)), range, limit, costOfRow);
  };
  const unknownAt = client.query(HISTORY_SQL.unknownAt);
  const gapFrom = client.query(HISTORY_SQL.gapFrom);
  const runs = runRows(db);
  return {
    runs,
    everything: source(HISTORY_SQL.everything),
    trouble: source(HISTORY_SQL.trouble, APART_COST),
    beside: source(HISTORY_SQL.beside, APART_COST),
    ofActions: source(HISTORY_SQL.ofActions, APART_COST),
    /** Of each supervisor of which nothing was known at a moment: until when. */
    unknownAt: (atMs: number): ReadonlyMap<number, number> => new Map(unknownAt.values(atMs) as [number, number][]),
    /** Gaps of a supervisor that were going on at a moment and ended after it, `toMs` at the latest. */
    straddling(supervisorId: number, atMs: number, toMs: number): number[] {
      const range: IdRange = { after: firstIdOf(atMs + 1) - 1, before: firstIdOf(toMs + 1) };
      const found = [...runs.eachOfRun(runOf(-supervisorId, GAP_CODE), range)];
      return found.map(({ id }) => id).filter((id) => (gapFrom.values(id) as [number][]).some(([ms]) => ms <= atMs));
    },
  };
}

export const rowsOf = (values: unknown): FoundRow[] =>
  (values as [number, number, number][]).map(([id, run, facts]) => ({ id, run, facts }));

export type HistoryRows = ReturnType<typeof historyRows>;
