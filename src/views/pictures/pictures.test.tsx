import { describe, expect, test } from "bun:test";
import { type Figures, NO_FIGURES, type TimelineInterval } from "../../domain/figures.ts";
import { html } from "../html.ts";
import { DayBars } from "./day-bars.tsx";
import { durationWords, percentWords } from "./duration-words.ts";
import { Histogram } from "./histogram.tsx";
import { StateStrip } from "./state-strip.tsx";
import { roundTicks, Timeline } from "./timeline.tsx";

const START = Date.UTC(2026, 10, 23);
const HOUR = 3_600_000;
const EVIL = `<script>"&'`;

const interval = (
  from: number,
  to: number,
  kind: TimelineInterval["kind"],
  state: TimelineInterval["state"] = null,
) => ({
  ...{ fromMs: START + from * HOUR, toMs: START + to * HOUR, kind, state, joined: 1 },
});
const day: readonly TimelineInterval[] = [
  interval(0, 6, "up", "RUNNING"),
  interval(6, 6.001, "down", "EXITED"),
  interval(6.001, 7, "down", "STARTING"),
  interval(7, 12, "unknown"),
  interval(12, 20, "stopped", "STOPPED"),
  interval(20, 24, "absent"),
];
const window = { fromMs: START, toMs: START + 24 * HOUR };
const spent = { upMs: 6 * HOUR, downMs: HOUR, stoppedMs: 8 * HOUR, unknownMs: 5 * HOUR };
const figures = (part: Partial<Figures>): Figures => ({ ...NO_FIGURES, ...part });

const pictures: Readonly<Record<string, JSX.Element>> = {
  strip: StateStrip({ id: "s", name: EVIL, ...window, intervals: day, spent }),
  "strip of nothing": StateStrip({ id: "s", name: EVIL, fromMs: START, toMs: START, intervals: [], spent: NO_FIGURES }),
  timeline: Timeline({ id: "t", name: EVIL, ...window, intervals: day, spent }),
  days: DayBars({
    id: "d",
    name: EVIL,
    days: [
      { startMs: START, figures: figures({ upMs: 20 * HOUR, downMs: 1_000, unknownMs: 4 * HOUR - 1_000, crashes: 2 }) },
      { startMs: START + 24 * HOUR, figures: NO_FIGURES },
    ],
  }),
  "no days": DayBars({ id: "d", name: EVIL, days: [] }),
  histogram: Histogram({
    id: "h",
    name: EVIL,
    buckets: [
      { fromMs: START, toMs: START + HOUR, count: 0, crashes: 0 },
      { fromMs: START + HOUR, toMs: START + 2 * HOUR, count: 8, crashes: 3 },
    ],
  }),
  "empty histogram": Histogram({ id: "h", name: EVIL, buckets: [] }),
};

/** Every element is closed, in order. */
function isWellFormed(text: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = "", rest = ""] of text.matchAll(/<(\/?)([a-z]+)((?:"[^"]*"|[^">])*)>/g)) {
    if (slash === "/") {
      if (open.pop() !== name) return false;
    } else if (!rest.endsWith("/")) open.push(name);
  }
  return open.length === 0;
}

describe("every picture", () => {
  test.each(Object.entries(pictures))("is well-formed, without NaN, styles or foreign markup: %s", (_, element) => {
    const text = html(element);
    expect(isWellFormed(text)).toBe(true);
    expect(text).not.toMatch(/NaN|Infinity|undefined|style=|<script/);
    expect(text).toMatch(/<svg class="pic [\w-]+" role="img" aria-label="[^"]*script[^"]*"/);
  });
});

test("a strip says what was when, and for how long", () => {
  const text = html(pictures.strip as JSX.Element);
  expect(text).toContain("RUNNING, 2026-11-23 00:00:00 UTC to 2026-11-23 06:00:00 UTC (6 h)");
  expect(text).toContain("up 6 h, down 1 h, stopped 8 h, not known 5 h");
});

test("a strip says how long each was by the millisecond, whatever its lines join, and counts in words", () => {
  const joined = { ...interval(0, 1, "down", "EXITED"), joined: 6 };
  const spent = { upMs: 3_599_000, downMs: 1_000, stoppedMs: 0, unknownMs: 0 };
  const text = html(StateStrip({ id: "s", name: "p", ...window, intervals: [joined], spent }));
  expect(text).toContain("p, the last 1 d: up 59 min 59 s, down 1 s");
  expect(text).toContain("6 changes, worst EXITED");
  expect(html(pictures.histogram as JSX.Element)).toContain("8 changes, 3 crashes among them; 8 at most");
  const day = { startMs: START, figures: figures({ upMs: HOUR, crashes: 1, restarts: 1 }) };
  expect(html(DayBars({ id: "d", name: "p", days: [day] }))).toContain("up 100 % (1 h), 1 crash, 1 start");
});

test("what is not known is hatched, what was short is seen", () => {
  const text = html(pictures.strip as JSX.Element);
  const rects = [...text.matchAll(/<rect class="pic-(\w+)"[^>]*width="([\d.]+)"[^>]*>/g)];
  expect(rects.map(([, kind]) => kind)).toEqual(["up", "down", "moving", "unknown", "stopped", "absent"]);
  expect(Number(rects[1]?.[2])).toBe(1);
  expect(text).toMatch(/<rect class="pic-unknown"[^>]*fill="url\(#s-hatch\)"/);
  expect(text).toContain('<pattern id="s-hatch"');
});

test("a day with a second of trouble shows it, with its exact share in words", () => {
  const text = html(pictures.days as JSX.Element);
  expect(text).toMatch(/<rect class="pic-down" x="0" y="0" width="8" height="3"/);
  expect(text).toContain("2026-11-23: up 83.33 % (20 h), down 0.01 % (1 s), not known 16.67 %");
  expect(text).toContain("2026-11-24: nothing known");
});

test.each([
  [250, "250 ms"],
  [61_000, "1 min 1 s"],
  [2 * 86_400_000 + 3 * HOUR, "2 d 3 h"],
  [25 * HOUR - 1_400, "1 d 59 min 58 s"],
  [86_400_000, "1 d"],
  [Number.NaN, "0 ms"],
])("%p ms are %p", (ms, words) => {
  expect(durationWords(ms)).toBe(words);
});

test("a hundred percent are a hundred, no less", () => {
  expect([100, 99.9999, 0, 0.0001, 50.126].map(percentWords)).toEqual(["100 %", "99.99 %", "0 %", "0.01 %", "50.13 %"]);
});

test("ticks are round and few", () => {
  expect(roundTicks(START + 1, START + 24 * HOUR)).toHaveLength(8);
  expect(roundTicks(START, START)).toEqual([]);
  expect(roundTicks(START, START + 800 * 24 * HOUR).length).toBeLessThan(20);
});
