import { describe, expect, test } from "bun:test";
import { parseHubOptions } from "./hub-options.ts";

const flags = { config: undefined, bind: undefined, db: undefined, "log-level": undefined, "base-path": undefined };

describe("the hub's command line", () => {
  test("has the defaults of Multivisor 6", () => {
    expect(parseHubOptions(flags)).toEqual({
      configurationFile: "/etc/multivisor.conf",
      bind: { hostname: "0.0.0.0", port: 22_000 },
      db: null,
      logFormat: "text",
      logLevel: "INFO",
      basePath: "",
    });
  });
  test.each([
    ["/supervisors", "/supervisors"],
    ["/a/b.c/", "/a/b.c"],
    ["/", ""],
  ])("takes the base path %p", (text, basePath) => {
    expect(parseHubOptions({ ...flags, "base-path": text }).basePath).toBe(basePath);
  });
  test.each([
    [{ "base-path": "supervisors" }, "--base-path"],
    [{ "base-path": "/a b" }, "--base-path"],
    [{ "base-path": "//evil" }, "--base-path"],
    [{ bind: "x:y" }, "--bind"],
    [{ "log-level": "LOUD" }, "--log-level is one of DEBUG, INFO, WARN, ERROR"],
  ])("names the flag that is wrong: %o", (wrong, message) => {
    expect(() => parseHubOptions({ ...flags, ...wrong })).toThrow(message);
  });
});
