import { expect, test } from "bun:test";
import { nearest } from "./nearest.ts";

test.each([
  ["prot", "port"],
  ["pasword", "password"],
  ["--log-levl", "--log-level"],
  ["URL", "url"],
  ["bnid", "bind"],
  ["zebra", null],
  ["c", null],
])("%p is taken for %p", (text, expected) => {
  expect(nearest(text, ["url", "port", "password", "--log-level", "bind", "db"])).toBe(expected);
});
