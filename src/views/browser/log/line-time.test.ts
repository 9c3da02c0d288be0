import { describe, expect, test } from "bun:test";
import { lineTimeReader } from "./line-time.ts";

const at = (iso: string) => Date.parse(iso);
const inUtc = lineTimeReader({ zone: "UTC", offsetMs: 0 });

describe("the time of a line", () => {
  test.each([
    ["2026-11-28 18:44:54,891 INFO spawned", "2026-11-28T18:44:54.891Z"],
    ["2026/11/28 18:44:54 listening on :80", "2026-11-28T18:44:54Z"],
    ["2026-11-28T18:44:54.891234Z info: ready", "2026-11-28T18:44:54.891Z"],
    ["[2026-11-28 18:44:54 +0100] [7] [INFO] Booting worker", "2026-11-28T17:44:54Z"],
    ["2026-11-28T18:44:54-05:30 ok", "2026-11-29T00:14:54Z"],
    ['{"level":"info","time":"2026-11-28T18:44:54.5Z"}', "2026-11-28T18:44:54.500Z"],
    ["\x1b[33mWARN\x1b[0m 2026-11-28 18:44:54 slow", "2026-11-28T18:44:54Z"],
  ])("of %j is %s", (line, iso) => {
    expect(inUtc(line)).toBe(at(iso));
  });

  test.each(["Traceback (most recent call last):", "", "12:30 lunch", `${"x".repeat(90)} 2026-11-28 18:44:54`])(
    "of %j is not told",
    (line) => {
      expect(inUtc(line)).toBeNull();
    },
  );

  test("without a zone is that of the host, in summer as in winter", () => {
    const inParis = lineTimeReader({ zone: "Europe/Paris", offsetMs: 0 });
    expect(inParis("2026-11-28 18:44:54 a")).toBe(at("2026-11-28T17:44:54Z"));
    expect(inParis("2026-07-28 18:44:54 a")).toBe(at("2026-07-28T16:44:54Z"));
    expect(inParis("2026-10-25 03:00:00 just turned back")).toBe(at("2026-10-25T02:00:00Z"));
  });

  test("is put right where the host's clock is wrong", () => {
    const ahead = lineTimeReader({ zone: "", offsetMs: 90_000 });
    expect(ahead("2026-11-28 18:44:54 a")).toBe(at("2026-11-28T18:43:24Z"));
    expect(ahead("2026-11-28T18:44:54Z a")).toBe(at("2026-11-28T18:43:24Z"));
  });
});
