import { describe, expect, test } from "bun:test";
import { readConfiguration } from "./read-configuration.ts";

const read = (lines: string) => readConfiguration(`[global]\n${lines}\n[supervisor:lid001]\n`, "multivisor.conf");

describe("how much history is kept:", () => {
  const G = 1_024 ** 3;
  test.each([
    ["", { days: 400, maxBytes: 4 * G }],
    ["history_days = 30", { days: 30, maxBytes: 4 * G }],
    ["history_max_size = 500M", { days: 400, maxBytes: 500 * 1_024 ** 2 }],
    ["history_max_size = 1.5 GiB", { days: 400, maxBytes: 1.5 * G }],
    ["history_max_size = 20000k", { days: 400, maxBytes: 20_000 * 1_024 }],
  ])("%p", (lines, expected) => {
    const { configuration, warnings } = read(lines);
    expect(configuration.history).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  test.each([
    ["history_days = 0", 'multivisor.conf:2: "0" for "history_days"'],
    ["history_days = many", "1 to 99999"],
    ["history_max_size = 4 T", "use a size such as 500M"],
    ["history_max_size = 1M", "at least 10M"],
  ])("%p is refused", (lines, message) => {
    expect(() => read(lines)).toThrow(message);
  });
});
