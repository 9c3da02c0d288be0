import { describe, expect, test } from "bun:test";
import { type FilterSubject, isTroubled, matchesFilter, parseFilter } from "./filter.ts";

const subject: FilterSubject = {
  uid: "lid001:PLC:wcid00a",
  supervisor: "lid001",
  group: "PLC",
  name: "wcid00a",
  state: "FATAL",
  trouble: true,
};

describe("the filter box", () => {
  test.each([
    ["", true],
    ["   ", true],
    ["wcid", true],
    ["WCID lid001", true],
    ["wcid lid002", false],
    ["lid001:PLC", true],
    ["plc:wcid", true],
    ["wcid*", true],
    ["cid*", false],
    ["lid*:*:wcid00?", true],
    ["state:fatal", true],
    ["state:fa", true],
    ["state:running", false],
    ["state:trouble", true],
    ["host:lid00", true],
    ["host:lid*", true],
    ["host:PLC", false],
    ["supervisor:lid001 group:plc", true],
    ["name:wcid*", true],
    ["-wcid", false],
    ["-state:running", true],
    ["plc -host:lid002", true],
    ['"lid001:PLC"', true],
    ['group:"PLC" name:"wcid00a', true],
    ['"plc wcid"', false],
    ["-", true],
    ["state:", true],
    ["-state:", true],
    ["lid001:", true],
    ["lid002:", false],
    ["state:fatal,backoff", true],
    ["state:running,backoff", false],
    ["-state:running,backoff", true],
    ["-state:fatal,backoff", false],
    ["state:running,,fat", true],
    ["state:,", true],
    ['group:other,"PLC" -name:demo', true],
    ["host:lid002,lid00?", true],
    ['group:"PLC,other"', false],
    ["wcid,demo", false],
  ])("%p shows a FATAL lid001:PLC:wcid00a: %p", (text, shown) => {
    expect(matchesFilter(parseFilter(text), subject)).toBe(shown);
  });

  test.each([
    ['"two words"', true],
    ['group:"my group" name:"two words"', true],
    ['group:"other","my group"', true],
    ['group:my" "group', true],
  ])("text in quotes may hold spaces: %p", (text, shown) => {
    const spaced = { ...subject, uid: "lid001:my group:two words", group: "my group", name: "two words" };
    expect(matchesFilter(parseFilter(text), spaced)).toBe(shown);
  });

  test("a filter of nothing but stars is answered at once", () => {
    const filter = parseFilter(`${"*a".repeat(500)}b`);
    expect(matchesFilter(filter, { ...subject, uid: "a".repeat(5_000) })).toBe(false);
  });
});

test.each([
  [{ state: "FATAL" }, true],
  [{ state: "BACKOFF" }, true],
  [{ state: "EXITED", expected: false }, true],
  [{ state: "EXITED", expected: true }, false],
  [{ state: "EXITED", expected: null }, false],
  [{ state: "STARTING", tries: 2 }, true],
  [{ state: "STARTING", tries: 0 }, false],
  [{ state: "STOPPED" }, false],
  [{ state: "RUNNING" }, false],
] as const)("%p is trouble: %p", (process, is) => {
  expect(isTroubled(process)).toBe(is);
});
