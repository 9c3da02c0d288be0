import { describe, expect, test } from "bun:test";
import { provenOffsetMs } from "./host-clock.ts";
import { createPollPace } from "./poll-pace.ts";

describe("how often a supervisord without an agent is asked", () => {
  test("ever more slowly while nothing happens, up to every 5 s; again after 1 s when something did", () => {
    const pace = createPollPace();
    const waits = [0, 0, 0, 0, 0, 0].map(() => {
      pace.lookedAtAll(0, 5, false);
      return pace.waitMs(0);
    });
    expect(waits).toEqual([1_500, 2_250, 3_375, 5_000, 5_000, 5_000]);
    pace.hurry(0);
    expect(pace.waitMs(0)).toBe(1_000);
    pace.lookedAtAll(1_000, 5, true);
    expect(pace.waitMs(1_000)).toBe(1_000);
  });
  test("one that takes long to answer is asked less often", () => {
    const pace = createPollPace();
    pace.lookedAtAll(0, 300, true);
    expect(pace.waitMs(0)).toBe(3_000);
  });
  test("a process that was told to do something is looked at again and again, until it has settled, for 15 s at most", () => {
    const pace = createPollPace();
    pace.lookedAtAll(0, 5, false);
    pace.follow(["web:web", "web:api"], 0);
    expect(pace.waitMs(0)).toBeLessThanOrEqual(250);
    pace.settled(["web:web"]);
    expect(pace.followed(14_000)).toEqual(["web:api"]);
    expect(pace.followed(15_001)).toEqual([]);
  });
});

describe("a clock that shows whole seconds", () => {
  test.each([
    ["may show the same time as ours", 10_000, 10_100, 10_200, 0],
    ["is ahead for certain", 15_000, 10_100, 10_200, 4_800],
    ["is behind for certain", 5_000, 10_100, 10_200, -4_101],
  ])("%s", (_, host, asked, answered, expected) => {
    expect(provenOffsetMs(host, asked, answered)).toBe(expected);
  });
});
