import { describe, expect, test } from "bun:test";
import { isExactUid, matchesNamespecPattern, uidMatcher } from "./pattern.ts";

const uid = "lid001:PLC:wcid00a";

describe("a uid pattern", () => {
  test.each([
    ["lid001:PLC:wcid00a", true],
    ["wcid00a", true],
    ["wcid00?", true],
    ["wcid00[a-c]", true],
    ["wcid00", false],
    ["PLC", false],
    ["*:PLC:*", true],
    ["lid001:*", true],
    ["*wcid*", true],
    ["*", true],
    ["PLC:*", false],
    ["LID001:*", false],
    ["", false],
  ])("%p matches lid001:PLC:wcid00a: %p", (pattern, matches) => {
    expect(uidMatcher(pattern)(uid)).toBe(matches);
  });

  test("a process whose name holds pattern characters can be named exactly", () => {
    expect(uidMatcher("lid001:web:w[0]")("lid001:web:w[0]")).toBe(true);
  });
});

describe("a pattern in supervisorctl's manner", () => {
  test.each([
    ["all", true],
    ["PLC:*", true],
    ["PLC:", true],
    ["PLC:wcid00a", true],
    ["PLC:wcid00b", false],
    ["CT:*", false],
  ])("%p matches lid001:PLC:wcid00a: %p", (pattern, matches) => {
    expect(matchesNamespecPattern(pattern, uid)).toBe(matches);
  });
});

test("only a whole uid without pattern characters is exact", () => {
  expect(["lid001:PLC:wcid00a", "wcid00a", "PLC:wcid00a", "lid001:PLC:*"].map(isExactUid)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
