import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultStatePath, isWritableFolder } from "./state-folder.ts";

const HOME = "/home/ann";
const path = (env: Record<string, string>, writable = false) => defaultStatePath(env, "prog", () => writable);

describe("defaultStatePath", () => {
  test.each([
    [{ STATE_DIRECTORY: "/srv/state", XDG_STATE_HOME: "/x", HOME }, true, "/srv/state"],
    [{ STATE_DIRECTORY: "/srv/a:/srv/b", HOME }, true, "/srv/a"],
    [{ STATE_DIRECTORY: "", XDG_STATE_HOME: "/x", HOME }, true, "/x/prog"],
    [{ XDG_STATE_HOME: "relative", HOME }, false, "/home/ann/.local/state/prog"],
    [{ HOME }, true, "/var/lib/prog"],
    [{ HOME }, false, "/home/ann/.local/state/prog"],
    [{}, false, "/var/lib/prog"],
  ])("%j, /var/lib writable: %p -> %s", (env, writable, expected) => {
    expect(path(env as Record<string, string>, writable)).toBe(expected);
  });
});

test("a folder that does not exist is writable where its parent is", () => {
  const folder = mkdtempSync(join(tmpdir(), "state-"));
  expect(isWritableFolder(folder)).toBe(true);
  expect(isWritableFolder(join(folder, "new"))).toBe(true);
  expect(isWritableFolder(join(folder, "no/such"))).toBe(false);
  rmSync(folder, { recursive: true });
});
