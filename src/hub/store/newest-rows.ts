/** Ids above `after` and below `before`. */
export type IdRange = { readonly after: number; readonly before: number };

export type FoundRow = { readonly id: number; readonly run: number; readonly facts: number };

/** Rows newest first: `limit` of them, or all that there are in the range. */
export type RowSource = (range: IdRange, limit: number) => readonly FoundRow[];

/** Rows looked at for one page, at most: some 20 ms. */
const MAX_LOOKED_AT = 40_000;

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
  const found: number[] = [];
  let before = range.before;
  let chunk = isWanted === null ? limit + 1 : Math.max(limit * 2, 500);
  for (let lookedAt = 0; lookedAt < MAX_LOOKED_AT; chunk = Math.min(chunk * 4, 20_000)) {
    const rows = source({ after: range.after, before }, chunk);
    lookedAt += rows.length;
    for (const row of rows) {
      if (isWanted !== null && !isWanted(row)) continue;
      if (found.length === limit) return { ids: found, nextBefore: found.at(-1) ?? null };
      found.push(row.id);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < chunk) return { ids: found, nextBefore: null };
    before = last.id;
  }
  return { ids: found, nextBefore: before };
}

/** The newest of several runs together. @param ofRun newest first */
export const mergedRuns =
  (runs: readonly number[], ofRun: (run: number, range: IdRange, limit: number) => readonly FoundRow[]): RowSource =>
  ({ after, before }, limit) => {
    let best: FoundRow[] = [];
    let least = after;
    const keepBest = () => {
      best = best.sort((a, b) => b.id - a.id).slice(0, limit);
      // Nothing older than the last of a full page can come into it.
      least = best.length === limit ? (best.at(-1)?.id ?? least) : least;
    };
    for (const run of runs) {
      best.push(...ofRun(run, { after: least, before }, limit));
      if (best.length >= limit * 2) keepBest();
    }
    keepBest();
    return best;
  };
