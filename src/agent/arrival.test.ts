import { describe, expect, test } from "bun:test";
import { judgeFirst, judgeNext, type Skipped } from "./arrival.ts";
import type { LastSign } from "./journal.ts";
import type { SupervisordRun } from "./supervisord-run.ts";

const last: LastSign = {
  aliveMs: 1_000,
  place: { serial: 100, poolserial: 50 },
  supervisord: { pid: 7, startTicks: 3 },
  stopping: false,
  cleanStop: false,
};
const same: SupervisordRun = { pid: 7, startTicks: 3 };
const other: SupervisordRun = { pid: 8, startTicks: 9 };
const stopped = { stopping: true, cleanStop: true };
const hole = (reason: string | null, lost: number | null = null) => ({
  duplicate: false,
  hole: reason === null ? null : { reason, lost },
});
const again = { duplicate: true };

describe("the first event after the agent started", () => {
  test.each([
    ["a new journal misses nothing", { place: null, aliveMs: null, supervisord: null }, same, 9, 9, hole(null)],
    ["events that supervisord kept came late, none is lost", {}, same, 101, 51, hole("agent_not_running", 0)],
    ["what overflowed meanwhile is counted", {}, same, 109, 59, hole("agent_not_running", 8)],
    ["an event written down but not answered comes again", {}, same, 100, 50, again],
    ["another supervisord: nobody can tell", {}, other, 0, 0, hole("supervisord_not_running", null)],
    ["another supervisord after an orderly stop", stopped, other, 0, 0, hole("supervisord_not_running", 0)],
    ["another supervisord that overflowed at once", stopped, other, 9, 9, hole("supervisord_not_running", 9)],
    [
      "another supervisord with the same process id, as in a container",
      {},
      { pid: 7, startTicks: 4 },
      9,
      9,
      hole("supervisord_not_running", null),
    ],
    ["a supervisord whose start nobody knows", {}, { pid: 7, startTicks: null }, 100, 50, again],
    ["a restart in the same process", stopped, same, 101, 0, hole("supervisord_not_running", 0)],
    ["a restart that the agent did not live to see", {}, same, 120, 0, hole("supervisord_not_running", null)],
    ["our section was updated", { cleanStop: true }, same, 104, 0, hole("agent_not_running", null)],
  ])("%s", (_, change, supervisord, serial, poolserial, expected) => {
    expect(judgeFirst({ ...last, ...change }, { serial, poolserial }, supervisord)).toEqual(expected as never);
  });
});

describe("a further event", () => {
  test.each([
    ["the next one", 51, hole(null)],
    ["a hole is counted", 54, hole("events_lost", 3)],
    ["one that we had", 50, again],
    ["an old one", 3, again],
  ])("%s", (_, poolserial, expected) => {
    expect(judgeNext({ serial: 100, poolserial: 50 }, [], { serial: 200, poolserial })).toEqual(expected as never);
  });
  test("what another listener's refusal made supervisord send too late is taken, once", () => {
    const skipped: Skipped = [];
    judgeNext({ serial: 100, poolserial: 50 }, skipped, { serial: 103, poolserial: 54 });
    const at = { serial: 103, poolserial: 54 };
    const judge = (poolserial: number) => judgeNext(at, skipped, { serial: 0, poolserial }).duplicate;
    expect([52, 52, 51, 53, 53, 51].map(judge)).toEqual([false, true, false, false, true, true]);
    expect(skipped).toEqual([]);
  });
});
