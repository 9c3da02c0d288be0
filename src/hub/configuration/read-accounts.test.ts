import { describe, expect, test } from "bun:test";
import { readConfiguration } from "./read-configuration.ts";

const SHA256 = "a".repeat(64);
const read = (text: string) => readConfiguration(`${text}\n[supervisor:a]\n`, "m.conf");

describe("accounts", () => {
  test("are the one of [global], an admin, and those of sections of their own", () => {
    const { accounts } = read(
      `[global]\nusername=root\npassword=x\n[user:ann]\npassword=y\nrole=operator\nfilter=group:PLC\n[user:bob]\npassword=z\n[token:ci]\nsha256=${SHA256}\nexpires=2027-01-01`,
    ).configuration;
    expect(accounts.users.map(({ username, role, access }) => [username, role, access?.text ?? null])).toEqual([
      ["root", "admin", null],
      ["ann", "operator", "group:PLC"],
      ["bob", "viewer", null],
    ]);
    expect(accounts.tokens).toMatchObject([{ name: "ci", role: "viewer", expiresMs: Date.UTC(2027, 0, 1) }]);
  });

  test.each([
    ["[user:ann]", ":1: a user without password"],
    ["[user:]\npassword=x", ":1: [user:] has no name"],
    ["[user:ann]\npassword=x\nrole=boss", ':3: "boss" for "role"; use viewer, operator, admin'],
    ["[user:ann]\npassword=x\nfilter=state:running", ":3: a filter of states"],
    ["[user:ann]\npassword=x\nfilter=group:", ':3: the filter "group:" says nothing'],
    ["[global]\nusername=ann\npassword=x\n[user:ann]\npassword=y", ':4: the user "ann" is there twice'],
    ["[token:ci]\nsha256=abc", ":2: sha256 is 64 hex digits"],
    [`[token:ci]\nsha256=${SHA256}\nexpires=tomorrow`, ':3: "tomorrow" for "expires"'],
    ["[user:ann]\npassword={SHA}xyz", ":2: cannot read the {SHA} password"],
  ])("%j is refused with the line and what to do", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  test("a plain password is warned of, with its line", () => {
    expect(read("[user:ann]\npassword=x").warnings[0]).toStartWith("m.conf:2: the password is plain text");
  });

  test("a mistaken key or section is told of", () => {
    expect(read("[user:ann]\npassword=x\nrol=admin").warnings.join()).toContain('did you mean "role"?');
    expect(read("[usr:ann]\npassword=x").warnings.join()).toContain("did you mean [user:ann]?");
  });
});
