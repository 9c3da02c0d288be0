import { expect, test } from "bun:test";
import { commonPrefix, fuzzy } from "./fuzzy.ts";

const UIDS = ["lid001:PLC:wcid00a", "lid001:PLC:wcid00b", "lid002:Vacuum:gauges"];

test.each([
  ["lid001", UIDS.slice(0, 2)],
  ["LID002", UIDS.slice(2)],
  ["wc0b", [UIDS[1]]],
  ["gauges", [UIDS[2]]],
  ["zz", []],
  ["", UIDS],
])("%s may mean", (text, expected) => {
  expect(fuzzy(text, UIDS)).toEqual(expected as string[]);
});

test("letters that stand closer together come first", () => {
  expect(fuzzy("ab", ["x:a-b", "x:ab"])).toEqual(["x:ab", "x:a-b"]);
});

test("what all have in common", () => {
  expect(commonPrefix(UIDS)).toBe("lid00");
  expect(commonPrefix([])).toBe("");
});
