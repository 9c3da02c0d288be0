import { TROUBLE_CODES } from "./item-codes.ts";
import type { FoundRow, IdRange } from "./newest-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";

const SELECT = "SELECT id, run, facts FROM items";
const IN_RANGE = "id > ? AND id < ?";
const NEWEST = "ORDER BY id DESC LIMIT ?";

/** In SQL, to be tested for their plans. */
export const HISTORY_SQL = {
  everything: `${SELECT} WHERE ${IN_RANGE} ${NEWEST}`,
  trouble: `${SELECT} WHERE run & 31 IN (${TROUBLE_CODES.join(", ")}) AND ${IN_RANGE} ${NEWEST}`,
  ofActions: `${SELECT} WHERE action_id IS NOT NULL AND ${IN_RANGE} ${NEWEST}`,
  ofRun: `${SELECT} WHERE run = ? AND ${IN_RANGE} ${NEWEST}`,
  withText: `SELECT i.id, i.run, i.facts FROM item_spawnerrs AS t CROSS JOIN spawnerrs AS s ON s.id = t.spawnerr_id
    CROSS JOIN items AS i ON i.id = t.item_id WHERE t.item_id > ? AND t.item_id < ?
    AND instr(lower(s.text), lower(?)) > 0 ORDER BY t.item_id DESC LIMIT ?`,
  /** supervisors of which nothing was known at a moment */
  unknownAt: `SELECT s.id FROM supervisors AS s CROSS JOIN unknowns AS u ON u.supervisor_id = s.id
    AND u.to_ms = (SELECT x.to_ms FROM unknowns AS x WHERE x.supervisor_id = s.id AND x.to_ms > ?1 ORDER BY x.to_ms LIMIT 1)
    WHERE u.from_ms <= ?1`,
  /** gaps of a supervisor that were going on at a moment and ended after it */
  straddling: `SELECT g.item_id FROM unknowns AS u
    CROSS JOIN items AS i ON i.run = -u.supervisor_id * 32 + 8 AND i.id > ?2 AND i.id <= ?4 + (u.to_ms - ?3) * 4096
    CROSS JOIN gaps AS g ON g.item_id = i.id
    WHERE u.supervisor_id = ?1 AND u.to_ms > ?3 AND u.from_ms <= ?3 AND g.from_ms <= ?3`,
} as const;

/** Where the rows of the history are found, newest first. */
export function historyRows({ $client: client }: HistoryDatabase) {
  const statements = {
    everything: client.query(HISTORY_SQL.everything),
    trouble: client.query(HISTORY_SQL.trouble),
    ofActions: client.query(HISTORY_SQL.ofActions),
    ofRun: client.query(HISTORY_SQL.ofRun),
    withText: client.query(HISTORY_SQL.withText),
    unknownAt: client.query(HISTORY_SQL.unknownAt),
    straddling: client.query(HISTORY_SQL.straddling),
  };
  const found = (rows: unknown): FoundRow[] =>
    (rows as [number, number, number][]).map(([id, run, facts]) => ({ id, run, facts }));
  return {
    everything: ({ after, before }: IdRange, limit: number) =>
      found(statements.everything.values(after, before, limit)),
    trouble: ({ after, before }: IdRange, limit: number) => found(statements.trouble.values(after, before, limit)),
    ofActions: ({ after, before }: IdRange, limit: number) => found(statements.ofActions.values(after, before, limit)),
    ofRun: (run: number, { after, before }: IdRange, limit: number) =>
      found(statements.ofRun.values(run, after, before, limit)),
    withText: ({ after, before }: IdRange, text: string, limit: number) =>
      found(statements.withText.values(after, before, text, limit)),
    unknownAt: (atMs: number): ReadonlySet<number> =>
      new Set((statements.unknownAt.values(atMs) as [number][]).map(([id]) => id)),
    /** @param lastId the greatest that the moment can have */
    straddling: (supervisorId: number, lastId: number, atMs: number, firstId: number): number[] =>
      (statements.straddling.values(supervisorId, lastId, atMs, firstId) as [number][]).map(([id]) => id),
  };
}

export type HistoryRows = ReturnType<typeof historyRows>;
