import { describe, expect, test } from "bun:test";
import { processInfo } from "../../../test/fixtures.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { sampledEntries } from "./sampled-entries.ts";
import { stepsBetween } from "./steps-between.ts";

const running = { state: "RUNNING", pid: 10, startMs: 100_000, stopMs: null } as const;
const again = { state: "RUNNING", pid: 11, startMs: 103_000, stopMs: 102_000 } as const;
const stopped = { state: "STOPPED", pid: null, startMs: 100_000, stopMs: 104_000 } as const;

describe("what a process went through between two looks", () => {
  test.each<[string, Partial<ProcessInfo>, Partial<ProcessInfo>, string]>([
    ["nothing, while it runs on", running, { ...running, nowMs: 200_000 }, ""],
    ["it started and is up", stopped, again, "STARTING RUNNING"],
    ["it was stopped", running, stopped, "STOPPING STOPPED"],
    ["it was being stopped, and is", { ...running, state: "STOPPING" }, stopped, "STOPPED"],
    ["it exited", running, { ...stopped, state: "EXITED" }, "EXITED"],
    ["it was started anew", running, again, "EXITED STARTING RUNNING"],
    [
      "it was being stopped, and was started anew",
      { ...running, state: "STOPPING" },
      again,
      "STOPPED STARTING RUNNING",
    ],
    ["it was started anew within the same second", running, { ...again, startMs: 100_000 }, "EXITED STARTING RUNNING"],
    ["it was started anew and is being stopped", running, { ...again, state: "STOPPING" }, "EXITED STARTING STOPPING"],
    ["it ran and exited", stopped, { ...stopped, state: "EXITED", startMs: 105_000 }, "STARTING RUNNING EXITED"],
    [
      "it ran and exited once more",
      { ...stopped, state: "EXITED" },
      { ...stopped, state: "EXITED", startMs: 105_000 },
      "STARTING RUNNING EXITED",
    ],
    [
      "it ran and exited once more within the second of its last start",
      { ...stopped, state: "EXITED", stopMs: 100_000 },
      { ...stopped, state: "EXITED", stopMs: 101_000 },
      "STARTING RUNNING EXITED",
    ],
    [
      "its start failed again within that second",
      { ...stopped, state: "BACKOFF", stopMs: 100_000 },
      { ...stopped, state: "BACKOFF", stopMs: 101_000 },
      "STARTING BACKOFF",
    ],
    ["its start failed, and it was stopped", { ...stopped, state: "BACKOFF" }, stopped, "STOPPED"],
    ["its start failed for good", stopped, { ...stopped, state: "FATAL", startMs: 105_000 }, "STARTING BACKOFF FATAL"],
    [
      "its start failed again",
      { ...stopped, state: "BACKOFF" },
      { ...stopped, state: "BACKOFF", startMs: 105_000 },
      "STARTING BACKOFF",
    ],
    [
      "its start failed and it is tried again",
      { ...running, state: "STARTING" },
      { ...again, state: "STARTING" },
      "BACKOFF STARTING",
    ],
    ["supervisord gave it up", { ...stopped, state: "BACKOFF" }, { ...stopped, state: "FATAL" }, "FATAL"],
  ])("%s", (_, before, after, expected) => {
    const steps = stepsBetween(processInfo(before), processInfo(after));
    expect(steps.map(({ toState }) => toState).join(" ")).toBe(expected);
  });
  test("its times are supervisord's as far as they are told, in order, and never after the look", () => {
    const entries = sampledEntries(processInfo(running), processInfo(again), 101_500, 105_250);
    expect(entries.map(({ fromState, toState, atMs, pid }) => [fromState, toState, atMs, pid])).toEqual([
      ["RUNNING", "EXITED", 102_999, 10],
      ["EXITED", "STARTING", 103_999, null],
      ["STARTING", "RUNNING", 105_250, 11],
    ]);
    const hurried = sampledEntries(processInfo(running), processInfo(again), 101_500, 103_100);
    expect(hurried.map(({ atMs }) => atMs)).toEqual([102_999, 103_100, 103_100]);
  });
});
