import type { Sample } from "./exposition.ts";

export type Histogram = {
  readonly observe: (value: number) => void;
  readonly samples: () => Sample[];
};

/** @param bounds upper ones, ascending; +Inf goes without saying */
export function createHistogram(bounds: readonly number[]): Histogram {
  const counts = new Array<number>(bounds.length + 1).fill(0);
  let sum = 0;
  let count = 0;
  return {
    observe(value) {
      const at = bounds.findIndex((bound) => value <= bound);
      const index = at < 0 ? bounds.length : at;
      counts[index] = (counts[index] ?? 0) + 1;
      sum += value;
      count++;
    },
    samples() {
      let below = 0;
      const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound, i): Sample => {
        below += counts[i] ?? 0;
        return {
          suffix: "_bucket",
          labels: { le: bound === Number.POSITIVE_INFINITY ? "+Inf" : String(bound) },
          value: below,
        };
      });
      return [...buckets, { suffix: "_sum", labels: {}, value: sum }, { suffix: "_count", labels: {}, value: count }];
    },
  };
}
