/** Where the times in ids and in rows of accounts are counted from: kept for ever. */
export const BASE_MS = Date.UTC(2020, 0, 1);

/**
 * Ids of history rows are times: (epoch milliseconds - 2020) × 4096 + a count within the millisecond. They order the
 * history by (time, arrival), fit a double until 2089, and spare a column and an index of times.
 */
export const IDS_PER_MS = 4_096;
const MAX_OFFSET_MS = 2 ** 41 - 2;

/** The least id of that millisecond; times that no id can have become the nearest that one can. */
export const firstIdOf = (ms: number): number =>
  Math.max(-MAX_OFFSET_MS, Math.min(MAX_OFFSET_MS, Math.floor(ms) - BASE_MS)) * IDS_PER_MS;

/** Epoch milliseconds. */
export const timeOf = (id: number): number => Math.floor(id / IDS_PER_MS) + BASE_MS;

/** The index of runs has the time in front of them, in stretches of 6.2 days: `id >> 41` in SQL. */
export const STRETCH_SHIFT = 41;
export const stretchOf = (id: number): number => Math.floor(id / 2 ** STRETCH_SHIFT);
export const firstIdOfStretch = (stretch: number): number => stretch * 2 ** STRETCH_SHIFT;

/** Milliseconds whose last id is remembered, at most. */
const MAX_REMEMBERED = 50_000;

/** What is in the table. */
type IdTable = {
  /** the greatest id from `first` to below `end`; null: none */
  readonly newestIn: (first: number, end: number) => number | null;
  readonly newestOfAll: () => number;
  /** Puts into the table what was given an id and is not there yet. */
  readonly flush: () => void;
};

/**
 * Gives rows their ids. Rows of many hosts come nearly in order of time: of the last while it is remembered what is in
 * the table, so that it need not be looked for.
 */
export function createIdAllocator({ newestIn, newestOfAll, flush }: IdTable) {
  const next = new Map<number, number>();
  /** what is above is in `next`, or not there */
  let unsure = newestOfAll();

  function forgetOldest(): void {
    flush();
    let left = MAX_REMEMBERED / 2;
    for (const first of next.keys()) {
      if (left-- <= 0) break;
      unsure = Math.max(unsure, first);
      next.delete(first);
    }
  }

  return {
    /** More than 4,096 in one millisecond go on in the one that follows. */
    allocate(ms: number): number {
      for (let first = firstIdOf(ms); ; first += IDS_PER_MS) {
        const end = first + IDS_PER_MS;
        const id = next.get(first) ?? (first > unsure ? first : (newestIn(first, end) ?? first - 1) + 1);
        if (id >= end) continue;
        if (next.size > MAX_REMEMBERED) forgetOldest();
        next.set(first, id + 1);
        return id;
      }
    },
    /** After a rollback, or what was given and never written would leave holes. */
    forget(): void {
      next.clear();
      unsure = newestOfAll();
    },
  };
}
