const HOUR_MS = 3_600_000;

type Calendar = { readonly year: number; readonly month: number; readonly day: number };

/**
 * The beginnings of the last days in a time zone, oldest first, and at the end that of the day after the last. Days in
 * which clocks change have 23 or 25 hours; where midnight is left out, the day begins at its first moment.
 * @param days how many; @param lastMs epoch milliseconds in the last one
 * @param timeZone "Europe/Paris"
 * @throws RangeError where there is no such zone
 */
export function dayStarts(days: number, lastMs: number, timeZone: string): number[] {
  const format = new Intl.DateTimeFormat("en-CA", {
    ...{ timeZone, calendar: "iso8601", year: "numeric", month: "2-digit", day: "2-digit" },
  });
  const dateOf = (ms: number): string => format.format(ms);
  const [year = 0, month = 0, day = 0] = dateOf(lastMs).split("-").map(Number);
  const last: Calendar = { year, month, day };
  return Array.from({ length: days + 1 }, (_, i) => startOf(last, i - days + 1, dateOf));
}

/** @param offset days after `last` */
function startOf({ year, month, day }: Calendar, offset: number, dateOf: (ms: number) => string): number {
  const utcMs = Date.UTC(year, month - 1, day + offset);
  const date = new Date(utcMs).toISOString().slice(0, 10);
  // Zones are at most 14 hours from UTC.
  let before = utcMs - 15 * HOUR_MS;
  let after = utcMs + 15 * HOUR_MS;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dateOf(middle) < date) before = middle;
    else after = middle;
  }
  return after;
}
