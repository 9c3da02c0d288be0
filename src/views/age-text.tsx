import { formatAge, formatInstant } from "./age.ts";
import { timeTexts } from "./texts/times.ts";

/**
 * Counts on in the browser, from `data-since`; the exact instant is a hover away.
 * @param sinceMs epoch milliseconds, hub's clock; null: nobody knows, the place stays empty
 * @param bare without the instant, where there are thousands
 */
export const AgeText = ({ sinceMs, nowMs, bare = false }: { sinceMs: number | null; nowMs: number; bare?: boolean }) =>
  sinceMs === null ? (
    <time class="age"></time>
  ) : (
    <time
      class="age"
      data-since={String(Math.round(sinceMs))}
      {...(bare ? {} : { title: timeTexts.since(formatInstant(sinceMs)) })}
      safe
    >
      {formatAge(nowMs - sinceMs)}
    </time>
  );
