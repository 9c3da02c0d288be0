import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Arrived, createModel } from "../../../test/support/history-model.ts";
import { totalMs } from "../../domain/figures.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { ProcessStateName } from "../../domain/states.ts";
import { createLogger } from "../../lib/logger.ts";
import type { PlacedProcess } from "../../views/process-look.ts";
import { zoneTime } from "../../views/zone-time.ts";
import { createStats } from "../stats/stats.ts";
import { statsAnswer } from "../stats/stats-answer.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { readPast } from "./read-past.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2026, 2, 1);
const KNOWN = Date.UTC(2026, 10, 10);
const CYCLE: readonly ProcessStateName[] = [
  "STARTING",
  "RUNNING",
  "EXITED",
  "STARTING",
  "RUNNING",
  "STOPPING",
  "STOPPED",
];
const of = { group: "g", name: "p" } as const;

/** Something every two hours and 37 minutes, at all times of a day; and now and then an hour of which nothing is known. */
function* entries(): Generator<JournalEntry> {
  let seq = 0;
  for (let [atMs, i] = [START, 0]; atMs < KNOWN; atMs += 157 * 60_000 + 1, i++) {
    const [fromState, toState] = [CYCLE[(i + 6) % 7] ?? "STOPPED", CYCLE[i % 7] ?? "STOPPED"];
    const expected = toState === "EXITED" ? i % 2 === 0 : null;
    yield {
      kind: "transition",
      seq: ++seq,
      atMs,
      ...of,
      fromState,
      toState,
      pid: 7,
      expected,
      tries: null,
      sampled: false,
    };
    if (i % 40 === 0)
      yield { kind: "gap", seq: ++seq, fromMs: atMs, atMs: atMs + HOUR, reason: "events_lost", lost: null };
  }
}

let store: Store;
const arrived: Arrived[] = [...entries()].map((entry) => ({ supervisor: "lid001", entry }));
const model = createModel(arrived, KNOWN);

beforeAll(() => {
  store = openStore(":memory:", { log: createLogger("ERROR"), now: () => KNOWN });
  for (const { supervisor, entry } of arrived) store.append(supervisor, "e", [entry]);
  store.flush();
});
afterAll(() => store.close());

const process = { uid: "lid001:g:p", supervisor: "lid001", ...of };

/** The beginnings of days in UTC, as an almanac has them, and the hours of each. */
describe.each([
  [
    "Europe/Paris, into winter",
    "Europe/Paris",
    ["10-23T22:00", "10-24T22:00", "10-25T23:00", "10-26T23:00"],
    [24, 25, 24],
  ],
  [
    "Europe/Paris, into summer",
    "Europe/Paris",
    ["03-27T23:00", "03-28T23:00", "03-29T22:00", "03-30T22:00"],
    [24, 23, 24],
  ],
  ["New York", "America/New_York", ["10-31T04:00", "11-01T04:00", "11-02T05:00", "11-03T05:00"], [24, 25, 24]],
  [
    "Cairo, without midnight",
    "Africa/Cairo",
    ["04-22T22:00", "04-23T22:00", "04-24T21:00", "04-25T21:00"],
    [24, 23, 24],
  ],
  ["Lord Howe, by half an hour", "Australia/Lord_Howe", ["10-02T13:30", "10-03T13:30", "10-04T13:00"], [24, 23.5]],
] as const)("uptime by day where clocks change: %s", (_, zone, begins, hours) => {
  const moments = begins.map((text) => Date.parse(`2026-${text}Z`));
  const now = () => (moments.at(-1) ?? 0) + 5 * HOUR;
  const days = () => {
    const stats = statsAnswer(createStats({ onSlot: () => {} }), store.stats);
    const past = readPast({ store, stats, now })({ process } as unknown as PlacedProcess, "24h", zoneTime(zone));
    return past?.days ?? [];
  };

  test("days are as long as they are, and each is what a recount gives", () => {
    const shown = days().filter(({ startMs }) => moments.slice(0, -1).includes(startMs));
    expect(shown.map(({ figures }) => totalMs(figures) / HOUR)).toEqual([...hours]);
    for (const { startMs, figures } of shown) {
      const endMs = moments[moments.indexOf(startMs) + 1] ?? 0;
      expect(figures).toEqual(model.figures("lid001", "g", "p", startMs, endMs));
    }
  });

  test("nothing is between days, and nothing counted twice", () => {
    const all = days();
    const heard = all.filter(({ figures }) => totalMs(figures) > 0);
    const sum = heard.reduce((ms, { figures }) => ms + totalMs(figures), 0);
    expect(sum).toBe(now() - (heard[0]?.startMs ?? 0));
    expect(all).toHaveLength(90);
  });
});
