import { describe, expect, test } from "bun:test";
import type { Account } from "../../domain/account.ts";
import type { TimelineInterval } from "../../domain/figures.ts";
import { intervalsOfAccounts, mergedToPixels } from "./timeline.ts";

const up = (fromMs: number, toMs: number): TimelineInterval => ({
  ...{ fromMs, toMs, kind: "up", state: "RUNNING", joined: 1 },
});
const fatal = (fromMs: number, toMs: number): TimelineInterval => ({
  ...{ fromMs, toMs, kind: "down", state: "FATAL", joined: 1 },
});

describe("what is shorter than a pixel", () => {
  test("is joined with its short neighbours, and the worst of them is seen", () => {
    expect(mergedToPixels([up(0, 2), fatal(2, 3), up(3, 5), up(5, 100)], 10)).toEqual([
      { ...fatal(0, 5), joined: 3 },
      up(5, 100),
    ]);
  });
  test("is left alone between long ones", () => {
    const intervals = [up(0, 50), fatal(50, 51), up(51, 100)];
    expect(mergedToPixels(intervals, 10)).toEqual(intervals);
  });
});

describe("the time between two accounts", () => {
  const account = (atMs: number, more: Partial<Account> = {}): Account =>
    ({ atMs, up: 0, down: 0, stopped: 0, absent: 0, restarts: 0, ...more }) as Account;
  test.each<[string, Partial<Account>, Partial<TimelineInterval>]>([
    ["was up throughout", { up: 100 }, { kind: "up", state: "RUNNING", joined: 1 }],
    ["was down for a moment", { up: 99, down: 1, restarts: 3 }, { kind: "down", state: null, joined: 3 }],
    ["is not known for a moment", { up: 99 }, { kind: "unknown", state: null }],
    ["was stopped for a moment", { up: 99, stopped: 1 }, { kind: "stopped", state: null }],
  ])("that %s is shown as such", (_, after, expected) => {
    const [interval] = intervalsOfAccounts([account(1_000), account(1_100, after)]);
    expect(interval).toMatchObject({ fromMs: 1_000, toMs: 1_100, ...expected });
  });
});
