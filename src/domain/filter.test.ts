import { describe, expect, test } from "bun:test";
import { type FilterSubject, matchesFilter, parseFilter } from "./filter.ts";

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
  ])("%p shows a FATAL lid001:PLC:wcid00a: %p", (text, shown) => {
    expect(matchesFilter(parseFilter(text), subject)).toBe(shown);
  });

  test("text in quotes may hold spaces", () => {
    const spaced = { ...subject, uid: "lid001:PLC:two words", name: "two words" };
    expect(matchesFilter(parseFilter('"two words"'), spaced)).toBe(true);
  });

  test("a filter of nothing but stars is answered at once", () => {
    const filter = parseFilter(`${"*a".repeat(500)}b`);
    expect(matchesFilter(filter, { ...subject, uid: "a".repeat(5_000) })).toBe(false);
  });
});
