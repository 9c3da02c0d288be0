import { describe, expect, test } from "bun:test";
import { formatAge, formatInstant } from "./age.ts";

describe("an age", () => {
  test.each([
    [-5_000, "0 s"],
    [0, "0 s"],
    [59_999, "59 s"],
    [60_000, "1 min"],
    [3_599_999, "59 min"],
    [3_600_000, "1 h"],
    [47 * 3_600_000, "47 h"],
    [48 * 3_600_000, "2 d"],
    [400 * 86_400_000, "400 d"],
  ])("of %p ms reads %p", (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });

  test("has its exact instant a hover away", () => {
    expect(formatInstant(1_795_376_021_000)).toBe("2026-11-22 19:33:41 UTC");
  });
});
