import { firstIdOfStretch } from "./item-id.ts";
import type { FoundRow, IdRange, RowSource } from "./row-source.ts";
import type { RunRows } from "./run-rows.ts";

/** What one page may cost: some 20 ms. */
const MAX_COST = 40_000;
/** Of looking for one run in the index, in rows that are looked at. */
const SEEK_COST = 3;

export type FoundPage = {
  readonly ids: readonly number[];
  /** where the next page begins; null: there is none */
  readonly nextBefore: number | null;
};

/**
 * The newest rows of a source that meet a condition. A condition that hardly any row meets ends the page early, so that
 * nobody else waits: the next page goes on from there.
 */
export function newestRows(
  source: RowSource,
  range: IdRange,
  limit: number,
  isWanted: ((row: FoundRow) => boolean) | null,
): FoundPage {
  const ids: number[] = [];
  let before = range.before;
  let chunk = isWanted === null ? limit + 1 : Math.max(limit * 2, 500);
  for (let cost = 0; cost < MAX_COST; chunk = Math.min(chunk * 4, 20_000)) {
    const found = source({ after: range.after, before }, chunk);
    for (const row of found.rows) {
      if (isWanted !== null && !isWanted(row)) continue;
      if (ids.length === limit) return { ids, nextBefore: ids.at(-1) ?? null };
      ids.push(row.id);
    }
    if (found.doneTo <= range.after) return { ids, nextBefore: null };
    cost += found.cost;
    before = found.doneTo;
  }
  return { ids, nextBefore: before };
}

/** What is asked of the index of runs. */
type Rows = Pick<RunRows, "stretches" | "ofRun" | "ofRuns">;

/** The newest of several runs together, looked for in one stretch of time after the other. */
export const mergedRuns = (runs: readonly number[], rows: Rows): RowSource => {
  const asked = JSON.stringify(runs);
  return (range, limit) => {
    const best: FoundRow[] = [];
    let cost = 0;
    for (const stretch of rows.stretches(range)) {
      const room = limit - best.length;
      best.push(...(rows.ofRuns(stretch, asked, range, room) ?? oneByOne(runs, rows, stretch, range, room)));
      cost += runs.length * SEEK_COST;
      if (best.length === limit) return { rows: best, doneTo: best.at(-1)?.id ?? range.after, cost };
      if (cost >= MAX_COST) return { rows: best, doneTo: Math.max(range.after, firstIdOfStretch(stretch)), cost };
    }
    return { rows: best, doneTo: range.after, cost };
  };
};

/** Of runs so long that no more of each is read than there is room for. */
function oneByOne(
  runs: readonly number[],
  rows: Rows,
  stretch: number,
  { after, before }: IdRange,
  limit: number,
): FoundRow[] {
  let best: FoundRow[] = [];
  let least = after;
  const keepBest = () => {
    best = best.sort((a, b) => b.id - a.id).slice(0, limit);
    // Nothing older than the last of a full page can come into it.
    least = best.length === limit ? (best.at(-1)?.id ?? least) : least;
  };
  for (const run of runs) {
    best.push(...rows.ofRun(stretch, run, { after: least, before }, limit));
    if (best.length >= limit * 2) keepBest();
  }
  keepBest();
  return best;
}
