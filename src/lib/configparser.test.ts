import { describe, expect, test } from "bun:test";
import { type ConfigSyntaxError, parseConfig } from "./configparser.ts";
import { interpolate, referencesOf } from "./configparser-interpolation.ts";

const valuesOf = (text: string, section = "s") => {
  const found = parseConfig(text).sections.find((s) => s.name === section);
  if (found === undefined) throw new Error(`no section ${section}`);
  return Object.fromEntries([...found.values.values()].map((v) => [v.key, interpolate(v, found.values)]));
};
const errorOf = (text: string): { line: number; message: string } => {
  try {
    for (const s of parseConfig(text).sections) for (const v of s.values.values()) interpolate(v, s.values);
  } catch (error) {
    return error as ConfigSyntaxError;
  }
  throw new Error("no error");
};

describe("parseConfig reads what Python's configparser reads:", () => {
  test.each([
    ["key=value and key: value", "[s]\na=1\nb: 2\nc = 3\nd : 4", { a: "1", b: "2", c: "3", d: "4" }],
    ["the first delimiter counts", "[s]\na=b=c\nurl: http://h:1\nc:d=e", { a: "b=c", url: "http://h:1", c: "d=e" }],
    ["keys in any case", "[s]\nPassWord=Aa", { password: "Aa" }],
    ["comments in lines of their own, indented too", "[s]\n# x=1\n  ; y=2\na=1\n  # no\n  b", { a: "1\nb" }],
    ["# and ; inside a value belong to it", "[s]\npassword=a#b;c # d\nu=# x", { password: "a#b;c # d", u: "# x" }],
    ["%% is %", "[s]\npassword=50%%%%x", { password: "50%%x" }],
    ["deeper lines continue a value", "[s]\na=1\n  2\n\n  3\n\nb=4", { a: "1\n2\n\n3", b: "4" }],
    ["an indented key is a key where nothing is to be continued", "[s]\n  a=1\n  b=2", { a: "1", b: "2" }],
    ["an indented key below a shallower one continues its value", "[s]\na=1\n  b=2", { a: "1\nb=2" }],
    ["empty values", "[s]\na=\nb:\n", { a: "", b: "" }],
    ["a value that begins on the next line", "[s]\na=\n  1", { a: "\n1" }],
    ["line ends of Windows, and a byte order mark", "\uFEFF[s]\r\na=1\r\n\r\nb=2\r\n", { a: "1", b: "2" }],
    ["tabs and spaces around everything", "[s]\n\t\na\t=\t1 \t", { a: "1" }],
    ["[DEFAULT] in every section, own values first", "[DEFAULT]\na=1\nb=2\n[s]\nb=3", { a: "1", b: "3" }],
    ["[DEFAULT] twice, and after the section", "[s]\n[DEFAULT]\na=1\n[DEFAULT]\nb=2", { a: "1", b: "2" }],
    [
      "%(key)s of the section and of [DEFAULT]",
      "[DEFAULT]\nh=x\n[s]\np=1\nu=%(H)s:%(p)s",
      { h: "x", p: "1", u: "x:1" },
    ],
    ["references that refer on", "[s]\na=%(b)s!\nb=%(c)s\nc=100%%", { a: "100%!", b: "100%", c: "100%" }],
  ])("%s", (_, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
  });

  test("section names with dots, colons and spaces", () => {
    const names = parseConfig("[supervisor:a.b.org]\n[x y]z\n[p=q]").sections.map((s) => s.name);
    expect(names).toEqual(["supervisor:a.b.org", "x y", "p=q"]);
  });

  test("sections and values know their lines", () => {
    const [s] = parseConfig("# head\n\n[s]\na=1\n  2\nb=3").sections;
    expect([s?.line, s?.values.get("a")?.line, s?.values.get("b")?.line]).toEqual([3, 4, 6]);
  });

  test("a section knows which values are its own", () => {
    const [s] = parseConfig("[DEFAULT]\na=1\n[s]\nb=2").sections;
    expect([...(s?.own.keys() ?? [])]).toEqual(["b"]);
  });
});

describe("errors name the line and what to do:", () => {
  test.each([
    ["a key before any section", "\na=1", 2, "before the first section"],
    ["a section twice", "[s]\n[t]\n[s]", 3, "section [s] is there twice, first in line 1"],
    ["a key twice, in any case", "[s]\na=1\nA=2", 3, '"a" is set twice in [s], first in line 2'],
    ["a key twice in two [DEFAULT]", "[DEFAULT]\na=1\n[DEFAULT]\na=2", 4, "set twice in [DEFAULT]"],
    ["a line without a value", "[s]\nhello", 2, "neither a [section] nor key=value"],
    ["a value without a key", "[s]\n=1", 2, "neither a [section] nor key=value"],
    ["an open header", "[s", 1, "before the first section"],
    ["a second open header", "[s]\n[t", 2, "has no ]"],
    ["a single %", "[s]\na=50%", 2, "write %% for %"],
    ["an unknown reference", "[s]\na=%(b)s", 2, "%(b)s"],
    ["a reference to itself", "[s]\na=%(b)s\nb=%(a)s", 2, "refers to itself"],
  ])("%s", (_, text, line, message) => {
    const error = errorOf(text);
    expect(error.line).toBe(line);
    expect(error.message).toContain(message);
  });

  test("and never the text of the line, which may be a password", () => {
    expect(errorOf("[s]\nhunter2").message).not.toContain("hunter2");
    expect(errorOf("hunter2").message).not.toContain("hunter2");
    expect(errorOf("[s]\npassword=hunter%2").message).not.toContain("hunter");
  });
});

test("referencesOf passes over %%", () => {
  expect(referencesOf("%(A)s%%(b)s%(c)s")).toEqual(["a", "c"]);
});
