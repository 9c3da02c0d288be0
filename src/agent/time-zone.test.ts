import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { timeZone } from "./time-zone.ts";

const folder = mkdtempSync(join(tmpdir(), "mvzone-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a host's time zone is the name that its clock's file leads to", () => {
  const link = join(folder, "localtime");
  symlinkSync("/usr/share/zoneinfo/Europe/Paris", link);
  expect(timeZone(link)).toBe("Europe/Paris");
});

test("where the system does not say it, nothing is said", () => {
  const link = join(folder, "elsewhere");
  symlinkSync("/somewhere/else", link);
  expect(timeZone(link)).toBeNull();
  expect(timeZone(join(folder, "absent"))).toBeNull();
});
