import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "../../lib/logger.ts";
import { readSecretKey } from "./secret-key.ts";

let folder: string;
let lines: string[];
const log = createLogger("INFO", (line) => lines.push(line));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "key-"));
  lines = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

test("the environment's key is taken as it is", () => {
  expect(readSecretKey("mine", folder, log)).toBe("mine");
});

test("else one is made once, and kept for its owner alone", () => {
  const state = join(folder, "new", "state");
  const key = readSecretKey(undefined, state, log);
  expect(key).toMatch(/^[0-9a-f]{64}$/);
  expect(readSecretKey("", state, log)).toBe(key);
  expect(statSync(join(state, "secret-key")).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([]);
});

test("one that others could read is closed, and said so", () => {
  const key = readSecretKey(undefined, folder, log);
  chmodSync(join(folder, "secret-key"), 0o644);
  expect(readSecretKey(undefined, folder, log)).toBe(key);
  expect(statSync(join(folder, "secret-key")).mode & 0o777).toBe(0o600);
  expect(lines).toHaveLength(1);
});

test("a file that holds no key gets one", () => {
  writeFileSync(join(folder, "secret-key"), "");
  const key = readSecretKey(undefined, folder, log);
  expect(readSecretKey(undefined, folder, log)).toBe(key);
});

test("where none can be kept the hub goes on with one for this run", () => {
  writeFileSync(join(folder, "file"), "");
  const state = join(folder, "file");
  expect(readSecretKey(undefined, state, log)).not.toBe(readSecretKey(undefined, state, log));
  expect(lines[0]).toContain("Set MULTIVISOR_SECRET_KEY");
});
