import { expect, test } from "bun:test";
import { exposition } from "./exposition.ts";
import { createHistogram } from "./histogram.ts";

test("names of processes may hold anything", () => {
  const labels = { process: 'a"b\\c\nd' };
  expect(exposition([{ name: "x", type: "gauge", help: "X.", samples: [{ labels, value: 1 }] }])).toBe(
    '# HELP x X.\n# TYPE x gauge\nx{process="a\\"b\\\\c\\nd"} 1\n',
  );
});

test("a family without series is left out", () => {
  expect(exposition([{ name: "x", type: "gauge", help: "X.", samples: [] }])).toBe("");
});

test("a histogram's buckets hold all that is below", () => {
  const { observe, samples } = createHistogram([1, 2]);
  for (const value of [0.5, 1, 1.5, 9]) observe(value);
  expect(samples().map(({ labels, suffix, value }) => [labels.le ?? suffix, value])).toEqual([
    ["1", 2],
    ["2", 3],
    ["+Inf", 4],
    ["_sum", 12],
    ["_count", 4],
  ]);
});
