import { expect, test } from "bun:test";
import { durationMs, parseDuration } from "./duration.ts";
import { timeOf } from "./time-of.ts";

test.each([
  ["90", 90_000],
  ["250ms", 250],
  ["1.5h", 5_400_000],
  ["3d", 259_200_000],
  ["x", null],
  ["", null],
  ["-1", null],
])("%s is %p milliseconds", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test("a mistaken time names the flag", () => {
  expect(() => durationMs("--timeout", "soon")).toThrow('--timeout "soon"');
  expect(() => timeOf("--since", "17")).toThrow('--since "17"');
  expect(timeOf("--since", "2026-01-31T12:00:00Z")).toBe("1769860800000");
});
