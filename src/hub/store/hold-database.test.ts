import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "../../lib/logger.ts";
import { holdDatabase } from "./hold-database.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "hold-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const hold = (path: string) => holdDatabase(path, createLogger("ERROR"), 10);

describe("one database has one hub", () => {
  test("a second one is refused, with what to do, until the first lets go", () => {
    const path = join(folder, "state", "history.sqlite");
    const letGo = hold(path);
    expect(() => hold(path)).toThrow("another hub writes to it; end that one, or name another file with --db");
    letGo();
    hold(path)();
  });
  test("a folder that cannot be made keeps no hub from running", () => {
    writeFileSync(join(folder, "file"), "");
    hold(join(folder, "file", "history.sqlite"))();
  });
});
