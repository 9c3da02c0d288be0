import { describe, expect, test } from "bun:test";
import { processInfo, transition } from "../../test/fixtures.ts";
import { applyTransition, describeProcess, timedelta } from "./apply-transition.ts";

const running = processInfo();
const to = transition;

describe("applyTransition", () => {
  test("a process that exits has no pid any more and stopped in the second of the event", () => {
    const after = applyTransition(running, to("EXITED", { expected: false, pid: 16_493 }));
    expect(after).toMatchObject({
      state: "EXITED",
      pid: null,
      stopMs: 1_795_376_100_000,
      expected: false,
      sinceMs: 1_795_376_100_700,
    });
  });
  test("a process that is STARTING forgets exit status and spawn error, as supervisord does", () => {
    const exited = { ...running, state: "EXITED", exitstatus: 3, spawnerr: "x", pid: null } as const;
    expect(applyTransition(exited, to("STARTING", { tries: 1 }))).toMatchObject({
      exitstatus: 0,
      spawnerr: "",
      startMs: 1_795_376_100_000,
      tries: 1,
    });
  });
  test("a process that is STOPPING keeps its pid until it is gone", () => {
    expect(applyTransition(running, to("STOPPING", { pid: 16_493 })).pid).toBe(16_493);
    expect(applyTransition({ ...running, state: "STOPPING" }, to("STOPPED", { pid: 16_493 })).pid).toBeNull();
  });
  test("FATAL keeps the end of the last try", () => {
    const backoff = { ...running, state: "BACKOFF", pid: null, stopMs: 5_000, spawnerr: "Exited too quickly" } as const;
    const after = applyTransition(backoff, to("FATAL"));
    expect(after).toMatchObject({ state: "FATAL", stopMs: 5_000, description: "Exited too quickly" });
  });
});

describe("describeProcess gives supervisord's own text", () => {
  test.each([
    ["RUNNING", { startMs: 0, nowMs: 22_900 }, "pid 16493, uptime 0:00:22"],
    ["RUNNING", { startMs: 1_000, nowMs: 86_401_000 + 3_600_000 }, "pid 16493, uptime 1 day, 1:00:00"],
    ["FATAL", { spawnerr: "Exited too quickly" }, "Exited too quickly"],
    ["BACKOFF", { spawnerr: "" }, 'unknown error (try "tail wcid00a")'],
    ["STOPPED", { startMs: null }, "Not started"],
    ["STOPPED", { stopMs: new Date(2026, 10, 24, 13, 5).getTime() }, "Nov 24 01:05 PM"],
    ["EXITED", { stopMs: new Date(2026, 0, 2, 0, 0).getTime() }, "Jan 02 12:00 AM"],
    ["STOPPING", {}, ""],
  ] as const)("%s %o", (state, more, text) => {
    expect(describeProcess({ ...running, state, ...more })).toBe(text);
  });
  test("days are counted as Python counts them", () => {
    expect(timedelta(2 * 86_400 + 61)).toBe("2 days, 0:01:01");
  });
});
