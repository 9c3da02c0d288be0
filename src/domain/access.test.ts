import { describe, expect, test } from "bun:test";
import { parseAccess, seesUid } from "./access.ts";
import { permits } from "./role.ts";

describe("a user's filter", () => {
  test.each([
    ["group:PLC", "lid001:PLC:wcid00a", true],
    ["group:PLC", "lid001:web:wcid00a", false],
    ["host:lid*", "lid002:web:web", true],
    ["host:lid* -group:secret", "lid002:secret:web", false],
    ["", "lid002:secret:web", true],
  ])("%j on %s: %p", (text, uid, sees) => {
    expect(seesUid(parseAccess(text), uid)).toBe(sees);
  });

  test("speaks of names, groups and hosts, not of states, which come and go", () => {
    expect(() => parseAccess("state:running")).toThrow("states");
  });

  test("gives a whole supervisor to those alone whose filter is of hosts", () => {
    expect(parseAccess("host:lid*")?.ownsSupervisor("lid001")).toBe(true);
    expect(parseAccess("host:lid*")?.ownsSupervisor("web")).toBe(false);
    expect(parseAccess("host:lid* group:PLC")?.ownsSupervisor("lid001")).toBe(false);
    expect(parseAccess("lid001")?.ownsSupervisor("lid001")).toBe(false);
  });

  test("sees nothing in a text that is no uid", () => {
    expect(seesUid(parseAccess("-group:x"), "nothing")).toBe(false);
  });
});

test("viewers read, operators act as well, admins do everything, strangers see what is open", () => {
  const table = ([null, "viewer", "operator", "admin"] as const).map((role) =>
    (["open", "read", "act", "admin"] as const).map((need) => permits(role, need)),
  );
  expect(table).toEqual([
    [true, false, false, false],
    [true, true, false, false],
    [true, true, true, false],
    [true, true, true, true],
  ]);
});
