import { describe, expect, test } from "bun:test";
import { dayStarts } from "./day-starts.ts";

const HOUR = 3_600_000;
const iso = (times: readonly number[]) => times.map((ms) => new Date(ms).toISOString());
const hours = (times: readonly number[]) => times.slice(1).map((ms, i) => (ms - (times[i] ?? 0)) / HOUR);

describe("the days of a zone", () => {
  test("in UTC", () => {
    expect(iso(dayStarts(2, Date.UTC(2026, 0, 1, 12), "UTC"))).toEqual([
      "2025-12-31T00:00:00.000Z",
      "2026-01-01T00:00:00.000Z",
      "2026-01-02T00:00:00.000Z",
    ]);
  });

  test("have 23 and 25 hours where clocks change", () => {
    expect(hours(dayStarts(3, Date.UTC(2026, 2, 30, 12), "Europe/Paris"))).toEqual([24, 23, 24]);
    expect(hours(dayStarts(3, Date.UTC(2026, 9, 26, 12), "Europe/Paris"))).toEqual([24, 25, 24]);
  });

  test("begin at one where midnight is left out", () => {
    // Lebanon goes from 23:59:59 to 01:00:00.
    const starts = dayStarts(2, Date.UTC(2026, 2, 29, 12), "Asia/Beirut");
    expect(hours(starts)).toEqual([24, 23]);
  });

  test("are those of the zone, also near the date line", () => {
    expect(iso(dayStarts(1, Date.UTC(2026, 5, 1, 12), "Pacific/Kiritimati"))[0]).toBe("2026-06-01T10:00:00.000Z");
    expect(() => dayStarts(1, 0, "Nowhere/Land")).toThrow();
  });
});
