import { describe, expect, test } from "bun:test";
import { histogramOf } from "./histogram.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import { newestRows } from "./newest-rows.ts";
import { type FoundRow, foundAll, type RowSource } from "./row-source.ts";

const NOW = Date.UTC(2026, 10, 24);

/** One row each millisecond, newest first, as the tables give them. */
const everyMs: RowSource = (range, limit) => {
  const rows: FoundRow[] = [];
  for (let ms = timeOf(range.before - 1); rows.length < limit && firstIdOf(ms) > range.after; ms--)
    rows.push({ id: firstIdOf(ms), run: 1, facts: 0 });
  return foundAll(rows, range, limit);
};

describe("where there is too much to count", () => {
  test("the newest are counted, and the older stretches say that they are not", () => {
    const buckets = histogramOf(everyMs, { fromMs: NOW, toMs: NOW + 400_000, buckets: 4 }, null);
    expect(buckets.at(-1)?.count).toBeGreaterThan(99_000);
    expect(buckets[0]?.count).toBeNull();
  });
  test("what is not wanted is looked at and not counted", () => {
    const [bucket] = histogramOf(
      everyMs,
      { fromMs: NOW, toMs: NOW + 1_000, buckets: 1 },
      ({ id }) => id > firstIdOf(NOW + 991),
    );
    expect(bucket?.count).toBe(9);
  });
});

describe("a walk that finds little", () => {
  test("ends early, and says where to go on", () => {
    const range = { after: firstIdOf(NOW) - 1, before: firstIdOf(NOW + 2_000_000) };
    const { ids, nextBefore } = newestRows(everyMs, range, 10, () => false);
    expect(ids).toEqual([]);
    expect(nextBefore).toBeGreaterThan(range.after);
    expect(nextBefore).toBeLessThan(range.before);
  });
  test("that finds enough says where the rest begins", () => {
    const range = { after: firstIdOf(NOW) - 1, before: firstIdOf(NOW + 1_000) };
    const { ids, nextBefore } = newestRows(everyMs, range, 2, null);
    expect(ids).toEqual([firstIdOf(NOW + 999), firstIdOf(NOW + 998)]);
    expect(nextBefore).toBe(firstIdOf(NOW + 998));
  });
});
