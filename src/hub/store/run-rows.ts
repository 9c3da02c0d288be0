import { STATE_CODES } from "./item-codes.ts";
import { STRETCH_SHIFT, stretchOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { FoundRow, IdRange } from "./row-source.ts";

const ROWS = `SELECT id, run, facts FROM items WHERE id >> ${STRETCH_SHIFT} = ?1`;
const newestOf = (code: number) =>
  `coalesce((SELECT max(id) FROM items WHERE id >> ${STRETCH_SHIFT} = ?1 AND run = ?2 + ${code} AND id < ?3), ?4)`;

/** In SQL, to be tested for their plans. */
export const RUN_SQL = {
  newest: `${ROWS} AND run = ?2 AND id > ?3 AND id < ?4 ORDER BY id DESC LIMIT ?5`,
  /** without the table, in no order */
  placesOfRuns: `SELECT x.id FROM json_each(?2) AS asked CROSS JOIN items AS x
    ON x.id >> ${STRETCH_SHIFT} = ?1 AND x.run = asked.value AND x.id > ?3 AND x.id < ?4 LIMIT ?5`,
  ofIds: "SELECT x.id, x.run, x.facts FROM json_each(?) AS asked CROSS JOIN items AS x ON x.id = asked.value",
  ofStates: `${ROWS} AND run BETWEEN ?2 AND ?2 + 7 AND id > ?3 AND id < ?4 LIMIT ?5`,
  newestState: `SELECT max(${STATE_CODES.map(newestOf).join(", ")})`,
  ends: "SELECT (SELECT min(id) FROM items), (SELECT max(id) FROM items)",
} as const;

/** Of several runs in one stretch so many are put in order. */
const MOST_PLACES = 20_000;

/** Rows of owners and of runs, looked for in one stretch of time after the other. */
export function runRows({ $client: client }: HistoryDatabase) {
  const newest = client.query(RUN_SQL.newest);
  const placesOfRuns = client.query(RUN_SQL.placesOfRuns);
  const ofIds = client.query(RUN_SQL.ofIds);
  const ofStates = client.query(RUN_SQL.ofStates);
  const newestState = client.query(RUN_SQL.newestState);
  const ends = client.query(RUN_SQL.ends);
  const found = (rows: unknown): FoundRow[] =>
    (rows as [number, number, number][]).map(([id, run, facts]) => ({ id, run, facts }));

  /** The stretches of a range in which there is anything at all, newest first. */
  function stretches({ after, before }: IdRange): number[] {
    const [[oldest, latest] = [null, null]] = ends.values() as [number | null, number | null][];
    if (oldest === null || latest === null || after >= latest) return [];
    const first = stretchOf(Math.max(after + 1, oldest));
    const last = stretchOf(Math.min(before - 1, latest));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i);
  }

  /** The newest of one run in one stretch. */
  const ofRun = (stretch: number, run: number, { after, before }: IdRange, limit: number): FoundRow[] =>
    found(newest.values(stretch, run, after, before, limit));

  /**
   * The newest of several runs in one stretch, newest first: with two questions, where one for each run would take longer
   * than all that is found.
   * @param runs as JSON. @returns null where there are too many to be put in order
   */
  function ofRuns(stretch: number, runs: string, { after, before }: IdRange, limit: number): FoundRow[] | null {
    const places = placesOfRuns.values(stretch, runs, after, before, MOST_PLACES) as [number][];
    if (places.length === MOST_PLACES) return null;
    if (places.length === 0) return [];
    const newest = places
      .map(([id]) => id)
      .sort((a, b) => b - a)
      .slice(0, limit);
    return found(ofIds.values(JSON.stringify(newest))).sort((a, b) => b.id - a.id);
  }

  return {
    stretches,
    ofRun,
    ofRuns,
    /** All of one run, newest first; as they are taken. */
    *eachOfRun(run: number, range: IdRange): Generator<FoundRow> {
      for (const stretch of stretches(range)) yield* ofRun(stretch, run, range, Number.MAX_SAFE_INTEGER);
    },
    /** What a process went through, oldest first. @returns null where it is more than `most` */
    ofStates(process: number, range: IdRange, most: number): FoundRow[] | null {
      const rows: FoundRow[] = [];
      for (const stretch of stretches(range)) {
        rows.push(...found(ofStates.values(stretch, process * 32, range.after, range.before, most + 1)));
        if (rows.length > most) return null;
      }
      return rows.sort((a, b) => a.id - b.id);
    },
    /** The newest transition of a process before an id. @returns its id; null: none */
    newestState(process: number, before: number): number | null {
      const none = Number.MIN_SAFE_INTEGER;
      for (const stretch of stretches({ after: none, before })) {
        const [[id = none] = []] = newestState.values(stretch, process * 32, before, none) as [number][];
        if (id !== none) return id;
      }
      return null;
    },
  };
}

export type RunRows = ReturnType<typeof runRows>;
