import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { isMainLogLine, parseMainLogLine } from "./main-log-line.ts";

const at = "2026-11-24 02:44:24,123";
const atMs = new Date(2026, 10, 24, 2, 44, 24, 123).getTime();

describe("a line of supervisord's main log", () => {
  test("tells who was started", () => {
    expect(parseMainLogLine(`${at} INFO spawned: 'web_00' with pid 812`, atMs)).toEqual({
      ...{ what: "spawned", atMs, name: "web_00", pid: 812 },
    });
  });
  test.each([
    ["WARN exited: quick (exit status 3; not expected)", "exited", 3, null, false],
    ["INFO exited: quick (exit status 0; expected)", "exited", 0, null, true],
    ["INFO exited: quick (exit status 1; not expected)", "exited", 1, null, false],
    ["WARN exited: quick (terminated by SIGKILL; not expected)", "exited", null, "SIGKILL", false],
    ["WARN exited: quick (terminated by SIGSEGV (core dumped); not expected)", "exited", null, "SIGSEGV", false],
    ["WARN exited: quick (terminated by signal 35; not expected)", "exited", null, "signal 35", false],
    ["WARN exited: quick (unknown termination cause 0x00ff; not expected)", "exited", null, null, false],
    ["WARN stopped: quick (terminated by SIGTERM)", "stopped", null, "SIGTERM", false],
    ["INFO stopped: quick (exit status 0)", "stopped", 0, null, false],
  ] as const)("%s", (text, what, exitCode, signal, expected) => {
    expect(parseMainLogLine(`${at} ${text}`, atMs)).toEqual({ what, atMs, name: "quick", exitCode, signal, expected });
  });
  describe("of the hour that a clock shows twice", () => {
    const zone = process.env.TZ;
    beforeAll(() => {
      process.env.TZ = "Europe/Berlin";
    });
    afterAll(() => {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    });
    test.each([
      ["the first time", "2026-10-25T00:30:00.600Z", "2026-10-25T00:30:00.500Z"],
      ["the second time", "2026-10-25T01:30:00.600Z", "2026-10-25T01:30:00.500Z"],
      [
        "and has just been written, by a clock that is read to the millisecond",
        "2026-10-25T01:30:00.499Z",
        "2026-10-25T01:30:00.500Z",
      ],
    ])("means %s", (_, now, at) => {
      const line = parseMainLogLine("2026-10-25 02:30:00,500 INFO spawned: 'a' with pid 8", Date.parse(now));
      expect(new Date(line?.atMs ?? 0).toISOString()).toBe(at);
    });
  });
  test("that is of something else is passed over", () => {
    expect(
      parseMainLogLine(`${at} INFO gave up: quick entered FATAL state, too many start retries too quickly`, atMs),
    ).toBe(null);
    expect(parseMainLogLine("exited: quick (exit status 3; not expected)", atMs)).toBe(null);
    expect(isMainLogLine(`${at} INFO supervisord started with pid 7`)).toBe(true);
    expect(isMainLogLine("10.0.0.1 - - [24/Nov/2026] GET /")).toBe(false);
  });
});
