import { describe, expect, test } from "bun:test";
import { zoneTime } from "../../views/zone-time.ts";
import { instantOf } from "./pages-history.ts";

describe("a time without a zone is meant in the reader's, also beside a change of clocks:", () => {
  test.each([
    ["2026-10-25T01:30", "2026-10-24T23:30:00.000Z"],
    ["2026-10-25T03:30", "2026-10-25T02:30:00.000Z"],
    ["2026-03-29T01:30", "2026-03-29T00:30:00.000Z"],
    ["2026-03-29T03:30", "2026-03-29T01:30:00.000Z"],
    ["2026-07-01T12:00", "2026-07-01T10:00:00.000Z"],
    ["2026-07-01T12:00Z", "2026-07-01T12:00Z"],
    ["yesterday", "yesterday"],
  ])("%s is %s", (text, instant) => {
    expect(instantOf(text, zoneTime("Europe/Paris"))).toBe(instant);
  });
});
