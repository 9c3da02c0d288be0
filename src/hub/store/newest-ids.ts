import type { Run } from "./history-scope.ts";

/** Ids above `after` and below `before`. */
export type IdRange = { readonly after: number; readonly before: number };

export type ScannedRow = {
  readonly id: number;
  readonly supervisorId: number;
  readonly processId: number | null;
  readonly code: number;
};

export type IdSources = {
  /** newest first, whatever they are */
  readonly scan: (range: IdRange, limit: number) => readonly ScannedRow[];
  /** newest first, those of one run */
  readonly run: (run: Run, range: IdRange, limit: number) => readonly number[];
  /** of all these runs the `limit` whose newest rows are the newest */
  readonly freshest: (runs: readonly Run[], range: IdRange, limit: number) => readonly Run[];
};

/** So many runs are asked for one by one without a thought; it takes a few µs each. */
const FEW_RUNS = 200;
/** Rows to look through before asking many runs: so many that it costs no more than asking would. */
const scanRows = (runs: number): number => Math.max(4_000, Math.min(30_000, runs / 5));

/**
 * The newest ids of all runs together. Many runs are mostly those of a wide pattern, of which the newest rows of all hold
 * enough: these are looked through first, and the runs are asked for what is older only.
 */
export function newestIds(runs: readonly Run[], range: IdRange, limit: number, sources: IdSources): number[] {
  if (runs.length <= FEW_RUNS) return mergeRuns(runs, range, limit, sources);
  const count = Math.floor(scanRows(runs.length));
  const rows = sources.scan(range, count);
  const wanted = new Set(runs.map(({ of, owner, code }) => runKey(of === "process", owner, code)));
  const found = rows.filter((row) => isWanted(row, wanted)).map(({ id }) => id);
  const oldest = rows.at(-1)?.id;
  if (found.length >= limit || rows.length < count || oldest === undefined) return found.slice(0, limit);
  const older = { ...range, before: oldest };
  const missing = limit - found.length;
  // The n newest rows come from n runs at most, and from those whose newest row is newest.
  return [...found, ...mergeRuns(sources.freshest(runs, older, missing), older, missing, sources)];
}

/** Codes are below 16; one number is a cheaper key than a text. */
const runKey = (ofProcess: boolean, owner: number, code: number): number =>
  (owner * 2 + (ofProcess ? 1 : 0)) * 16 + code;

const isWanted = ({ supervisorId, processId, code }: ScannedRow, wanted: ReadonlySet<number>): boolean =>
  wanted.has(runKey(false, supervisorId, code)) || (processId !== null && wanted.has(runKey(true, processId, code)));

function mergeRuns(runs: readonly Run[], range: IdRange, limit: number, sources: IdSources): number[] {
  let best: number[] = [];
  let after = range.after;
  const keepBest = () => {
    best = best.sort((a, b) => b - a).slice(0, limit);
    // Nothing older than the last of a full page can come into it.
    after = best.length === limit ? (best.at(-1) ?? after) : after;
  };
  for (const run of runs) {
    best.push(...sources.run(run, { after, before: range.before }, limit));
    if (best.length >= limit * 2) keepBest();
  }
  keepBest();
  return best;
}
