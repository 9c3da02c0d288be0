import { describe, expect, test } from "bun:test";
import { isGlob, matchesGlob } from "./glob.ts";

describe("matchesGlob is Python's fnmatchcase", () => {
  test.each([
    ["*", "", true],
    ["a*c", "abbbc", true],
    ["a*c", "abbbd", false],
    ["*:wcid00?", "lid001:PLC:wcid00a", true],
    ["wcid00[a-c]", "wcid00b", true],
    ["wcid00[!a-c]", "wcid00b", false],
    ["[]]", "]", true],
    ["[!]]", "]", false],
    ["[", "[", true],
    ["[ab", "[ab", true],
    ["[a-]", "-", true],
    ["a.c", "abc", false],
    ["**x**", "aaxbb", true],
    ["A", "a", false],
    ["?", "", false],
  ])("%p on %p: %p", (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });
  test("a pattern made to be slow is not", () => {
    expect(matchesGlob(`${"*a".repeat(200)}b`, "a".repeat(20_000))).toBe(false);
  });
  test("a text without wildcards is no pattern", () => {
    expect([isGlob("lid001:PLC:wcid00a"), isGlob("lid*"), isGlob("[x"), isGlob("a?")]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});
