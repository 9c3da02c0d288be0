import { expect, test } from "bun:test";
import { paletteItems } from "./palette-items.ts";

const uids = ["lid001:web:alpha", "lid001:web:beta", "lid002:alpha:gamma"];

test("a word finds pages and processes, names that begin with it first", () => {
  expect(paletteItems("alpha", uids).map(({ words }) => words)).toEqual(["lid001:web:alpha", "lid002:alpha:gamma"]);
  expect(paletteItems("hist", uids).map(({ words }) => words)).toEqual(["History"]);
});

test("a verb in front makes it an action", () => {
  expect(paletteItems("stop beta", uids)).toEqual([
    { words: "stop lid001:web:beta", aside: "action", go: { action: "stop", uid: "lid001:web:beta" } },
  ]);
  expect(paletteItems("log gamma", uids)[0]?.go).toEqual({ path: "/process/lid002%3Aalpha%3Agamma/log" });
});
