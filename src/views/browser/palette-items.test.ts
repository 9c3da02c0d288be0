import { expect, test } from "bun:test";
import { knownWords } from "./filter-words.ts";
import { type Findable, paletteItems } from "./palette-items.ts";

const uids = ["lid001:web:alpha", "lid001:web:beta", "lid002:alpha:gamma"];
const all: Findable = { uids, ...knownWords(uids), mayAct: true };
const words = (text: string, findable = all) => paletteItems(text, findable).map((item) => item.words);
const goes = (text: string, findable = all) => paletteItems(text, findable).map(({ go }) => go);

test("a word finds pages, groups, hosts and processes, names that begin with it first", () => {
  expect(words("alpha")).toEqual(["alpha", "lid001:web:alpha", "lid002:alpha:gamma"]);
  expect(words("hist")).toEqual(["History"]);
  expect(goes("lid002")[0]).toEqual({ path: "/supervisor/lid002" });
  expect(goes("web")[0]).toEqual({ path: "/?filter=group%3Aweb" });
});

test("a verb in front makes it an action on a process, a group, a host", () => {
  expect(goes("stop beta")).toEqual([{ action: "stop", uid: "lid001:web:beta" }]);
  expect(goes("stop web")[0]).toEqual({ action: "stop", many: { of: "group", name: "web" } });
  expect(goes("restart lid002")).toEqual([
    { action: "restart", many: { of: "supervisor", name: "lid002" } },
    { action: "restart", uid: "lid002:alpha:gamma" },
    { path: "/supervisor/lid002?ask=restart" },
  ]);
  expect(goes("shutdown lid001")).toEqual([{ path: "/supervisor/lid001?ask=shutdown" }]);
  expect(goes("log gamma")).toEqual([{ path: "/process/lid002%3Aalpha%3Agamma/log" }]);
  expect(goes("history gamma")).toEqual([{ path: "/history?uid=lid002%3Aalpha%3Agamma" }]);
});

test("who may only look is offered no action", () => {
  const looking = { ...all, mayAct: false };
  expect(words("stop beta", looking)).toEqual([]);
  expect(words("shutdown lid001", looking)).toEqual([]);
  expect(goes("log gamma", looking)).toEqual([{ path: "/process/lid002%3Aalpha%3Agamma/log" }]);
});
