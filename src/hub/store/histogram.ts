import type { HistoryBucket } from "../../domain/figures.ts";
import { CAUSE_CODE } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { FoundRow, RowSource } from "./row-source.ts";

/** In rows that are looked at, at most: some 60 ms. */
const MAX_COST = 120_000;
const CHUNK = 20_000;

export type HistogramSpan = { readonly fromMs: number; readonly toMs: number; readonly buckets: number };

const CAUSE_SHIFT = 7;
const isCrash = ({ facts }: FoundRow): boolean => ((facts >> CAUSE_SHIFT) & 15) === CAUSE_CODE.crash;

/**
 * How much of what is wanted happened when, counted from the newest backwards. Where there is too much to count, the older
 * stretches have no count: that is not none.
 */
export function histogramOf(
  source: RowSource,
  { fromMs, toMs, buckets }: HistogramSpan,
  isWanted: ((row: FoundRow) => boolean) | null,
): HistoryBucket[] {
  const wide = (toMs - fromMs) / buckets;
  const counts = Array.from({ length: buckets }, () => ({ count: 0, crashes: 0 }));
  const after = firstIdOf(fromMs) - 1;
  let before = firstIdOf(toMs + 1);
  let countedMs = fromMs;
  for (let lookedAt = 0; ; ) {
    const found = source({ after, before }, CHUNK);
    lookedAt += found.cost;
    for (const row of found.rows) {
      if (isWanted !== null && !isWanted(row)) continue;
      const bucket = counts[Math.min(buckets - 1, Math.floor((timeOf(row.id) - fromMs) / wide))];
      if (bucket === undefined) continue;
      bucket.count += 1;
      if (isCrash(row)) bucket.crashes += 1;
    }
    if (found.doneTo <= after) break;
    before = found.doneTo;
    if (lookedAt < MAX_COST) continue;
    countedMs = timeOf(before);
    break;
  }
  return counts.map((counted, i) => {
    const begin = fromMs + i * wide;
    const isCounted = begin >= countedMs;
    return { fromMs: Math.round(begin), toMs: Math.round(begin + wide), ...(isCounted ? counted : NOT_COUNTED) };
  });
}

const NOT_COUNTED = { count: null, crashes: 0 } as const;
