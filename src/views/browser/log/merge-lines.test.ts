import { describe, expect, test } from "bun:test";
import { type Lines, mergeLines } from "./merge-lines.ts";

const second = (line: string): number | null => (/^\d/.test(line) ? Number(/^\d+/.exec(line)?.[0]) : null);
const merge = (...logs: Lines<string>[]) => mergeLines(logs, () => second).map(({ of, text }) => [of, text]);

describe("several logs", () => {
  test("stand in the order of the times of their lines", () => {
    expect(merge({ of: "a", text: "1 x\n4 y\n" }, { of: "b", text: "2 u\n3 v\n5 w\n" })).toEqual([
      ["a", "1 x\n"],
      ["b", "2 u\n3 v\n"],
      ["a", "4 y\n"],
      ["b", "5 w\n"],
    ]);
  });

  test("keep a trace of a failure below the line that it belongs to", () => {
    expect(merge({ of: "a", text: "2 failed\n  at one\n  at two\n" }, { of: "b", text: "1 u\n3 v\n" })).toEqual([
      ["b", "1 u\n"],
      ["a", "2 failed\n  at one\n  at two\n"],
      ["b", "3 v\n"],
    ]);
  });

  test("of which one does not tell times stand with that one first", () => {
    expect(merge({ of: "a", text: "1 x\n" }, { of: "b", text: "hello\nworld\n" })).toEqual([
      ["b", "hello\nworld\n"],
      ["a", "1 x\n"],
    ]);
  });

  test("of the same time stand in their own order, and a clock that was put back changes nothing", () => {
    expect(merge({ of: "a", text: "5 x\n3 y\n5 z\n" }, { of: "b", text: "5 u\n" })).toEqual([
      ["a", "5 x\n3 y\n5 z\n"],
      ["b", "5 u\n"],
    ]);
  });

  test("that are empty are not there", () => {
    expect(merge({ of: "a", text: "" }, { of: "b", text: "" })).toEqual([]);
  });
});
