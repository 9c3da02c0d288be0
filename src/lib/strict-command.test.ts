import { describe, expect, test } from "bun:test";
import type { ArgsDef } from "citty";
import { findMisuse } from "./strict-command.ts";

const args = {
  config: { type: "string", alias: "c" },
  bind: { type: "string" },
  "log-level": { type: "enum", options: ["DEBUG", "INFO"] },
  json: { type: "boolean" },
} satisfies ArgsDef;

describe("a command line", () => {
  test.each([
    ["", null],
    ["-c a.conf --bind *:22000 --json", null],
    ["-ca.conf --bind=:1 --no-json --log-level=INFO", null],
    ["--help", null],
    ["--bnid :1", "unknown option --bnid: did you mean --bind?"],
    ["--frobnicate", "unknown option --frobnicate"],
    ["-x", "unknown option -x"],
    ["--bind", "--bind needs a value"],
    ["--bind= --json", "--bind needs a value"],
    ["--bind --json", "--bind needs a value"],
    ["--json=yes", "--json takes no value"],
    ["--log-level LOUD", '--log-level is one of DEBUG, INFO, not "LOUD"'],
    ["stray", 'unexpected word "stray"'],
    ["-- --json", 'unexpected word "--json"'],
  ])("%p: %p", (line, misuse) => {
    expect(findMisuse(args, line.split(" ").filter(Boolean))).toBe(misuse);
  });

  test("a command with a rest takes any number of words", () => {
    expect(findMisuse({}, ["a", "b", "c"], true)).toBeNull();
  });

  test("what is required must be there", () => {
    const required: ArgsDef = { url: { type: "string", required: true }, file: { type: "positional" } };
    expect(findMisuse(required, ["f"])).toBe("--url is missing");
    expect(findMisuse(required, ["--url", "x"])).toBe("file is missing");
    expect(findMisuse(required, ["--url", "x", "f"])).toBeNull();
  });
});
