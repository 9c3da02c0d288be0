import { describe, expect, test } from "bun:test";
import { defineCommand } from "citty";
import { findCommand } from "./find-command.ts";

const status = defineCommand({ meta: { name: "status" }, run: () => 0 });
const cli = defineCommand({
  meta: { name: "cli" },
  args: { url: { type: "string", alias: "u" }, json: { type: "boolean" } },
  subCommands: { status: () => Promise.resolve(status) },
});
const unused = () => {
  throw new Error("loaded though nobody asked for it");
};
const root = defineCommand({ meta: { name: "root" }, subCommands: { cli, hub: unused } });

const find = async (line: string) => {
  const { command, path, words, unknown } = await findCommand(root, line.split(" ").filter(Boolean));
  return { isStatus: command === status, path: path.join(" "), words: words.join(" "), unknown };
};

describe("the command is found", () => {
  test.each([
    ["cli status a b", "a b"],
    ["cli --url x status a", "--url x a"],
    ["cli -u x --json status", "-u x --json"],
    ["cli --url=x status --json", "--url=x --json"],
  ])("in %p, and what stood before its name is kept", async (line, words) => {
    expect(await find(line)).toEqual({ isStatus: true, path: "root cli", words, unknown: null });
  });

  test("as far as the words go", async () => {
    expect(await find("cli --url status")).toEqual({
      isStatus: false,
      path: "root",
      words: "--url status",
      unknown: null,
    });
  });

  test("or the word that is none, with what was meant", async () => {
    expect((await find("cli statsu")).unknown).toEqual({ word: "statsu", meant: "status" });
    expect((await find("toString")).unknown).toEqual({ word: "toString", meant: null });
  });
});
