import { formatAge, formatInstant } from "./age.ts";

/**
 * Counts on in the browser, from `data-since`; the exact instant is a hover away.
 * @param sinceMs epoch milliseconds, hub's clock; null: nobody knows, the place stays empty
 */
export const AgeText = ({ sinceMs, nowMs }: { sinceMs: number | null; nowMs: number }) =>
  sinceMs === null ? (
    <time class="age"></time>
  ) : (
    <time class="age" data-since={String(Math.round(sinceMs))} title={`since ${formatInstant(sinceMs)}`} safe>
      {formatAge(nowMs - sinceMs)}
    </time>
  );
