import { BASE_MS } from "./item-id.ts";

const IDS_PER_MS = 16;

/** The least number of an action of that millisecond. */
export const firstActionIdOf = (ms: number): number => Math.floor(ms - BASE_MS) * IDS_PER_MS;

/** Numbers for actions that need no database: (milliseconds since 2020, hub's clock) × 16 + a count; each but once. */
export function createActionIds(): (nowMs: number) => number {
  let last = 0;
  return (nowMs) => {
    last = Math.max(last + 1, firstActionIdOf(nowMs));
    return last;
  };
}
