import { zoneTime } from "../../zone-time.ts";
import type { Clock } from "../read-clocks.ts";

const HOUR_MS = 3_600_000;
/** A time further in is of what the line tells, not of the line. */
const HEAD_LENGTH = 80;
const TIME =
  /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(?:(Z)\b|([+-])(\d\d):?(\d\d)\b))?/;

/**
 * Reads when a line was written from what stands at its head, as most loggers write it: 2026-11-28 18:44:54,891, with a T,
 * with slashes, with a zone. Where none is told it is that of the host.
 * @returns hub's clock, epoch milliseconds; null: the line does not tell
 */
export function lineTimeReader({ zone, offsetMs }: Clock): (line: string) => number | null {
  const toZone = zoneTime(zone || null);
  const known = new Map<number, number>();
  /** Zones turn their clocks at full hours; to ask for each line would be slow. */
  const ahead = (ms: number): number => {
    const hour = Math.floor(ms / HOUR_MS);
    const found = known.get(hour) ?? toZone.offsetMs(hour * HOUR_MS);
    known.set(hour, found);
    return found;
  };
  return (line) => {
    const match = TIME.exec(line.slice(0, HEAD_LENGTH));
    if (match === null) return null;
    const [year = 0, month = 1, ...rest] = match.slice(1, 7).map(Number);
    const ms = Number((match[7] ?? "0").padEnd(3, "0").slice(0, 3));
    const there = Date.UTC(year, month - 1, ...(rest as [number])) + ms;
    const [, , , , , , , , z, sign, hours, minutes] = match;
    if (z !== undefined) return there - offsetMs;
    if (sign === undefined) return there - ahead(there - ahead(there)) - offsetMs;
    return there - Number(`${sign}1`) * (Number(hours) * HOUR_MS + Number(minutes) * 60_000) - offsetMs;
  };
}
