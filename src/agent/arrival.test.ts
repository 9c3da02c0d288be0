import { describe, expect, test } from "bun:test";
import { judgeFirst, judgeNext, type Skipped } from "./arrival.ts";
import type { LastSign } from "./journal.ts";

const last: LastSign = {
  aliveMs: 1_000,
  place: { serial: 100, poolserial: 50 },
  supervisordPid: 7,
  stopping: false,
  cleanStop: false,
};
const stopped = { stopping: true, cleanStop: true };
const hole = (reason: string | null, lost: number | null = null) => ({
  duplicate: false,
  hole: reason === null ? null : { reason, lost },
});
const again = { duplicate: true };

describe("the first event after the agent started", () => {
  test.each([
    ["a new journal misses nothing", { place: null, aliveMs: null, supervisordPid: null }, 7, 9, 9, hole(null)],
    ["events that supervisord kept came late, none is lost", {}, 7, 101, 51, hole("agent_not_running", 0)],
    ["what overflowed meanwhile is counted", {}, 7, 109, 59, hole("agent_not_running", 8)],
    ["an event written down but not answered comes again", {}, 7, 100, 50, again],
    ["another supervisord: nobody can tell", {}, 8, 0, 0, hole("supervisord_not_running", null)],
    ["another supervisord after an orderly stop", stopped, 8, 0, 0, hole("supervisord_not_running", 0)],
    ["another supervisord that overflowed at once", stopped, 8, 9, 9, hole("supervisord_not_running", 9)],
    ["a restart in the same process", stopped, 7, 101, 0, hole("supervisord_not_running", 0)],
    ["a restart that the agent did not live to see", {}, 7, 120, 0, hole("supervisord_not_running", null)],
    ["our section was updated", { cleanStop: true }, 7, 104, 0, hole("agent_not_running", null)],
  ])("%s", (_, change, pid, serial, poolserial, expected) => {
    expect(judgeFirst({ ...last, ...change }, { serial, poolserial }, pid)).toEqual(expected as never);
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
