import type { GapReason } from "../domain/journal-entry.ts";
import type { LastSign, Place } from "./journal.ts";
import { isSameRun, type SupervisordRun } from "./supervisord-run.ts";

export type Hole = { readonly reason: GapReason; readonly lost: number | null };
/** An event that had its place already is answered and passed over. `hole`: what is missing before it. */
export type Arrival = { readonly duplicate: true } | { readonly duplicate: false; readonly hole: Hole | null };

const DUPLICATE: Arrival = { duplicate: true };
const fresh = (hole: Hole | null): Arrival => ({ duplicate: false, hole });

/**
 * The first event that a run of the agent sees.
 *
 * Both serials of supervisord count up. `poolserial` begins anew with each pool: when supervisord starts, restarts (same
 * pid, `serial` goes on) or our section is updated; `serial` begins anew only with a new process. An event that we wrote
 * down but did not answer before we died comes again with the serials that it had.
 */
export function judgeFirst(last: LastSign, event: Place, supervisord: SupervisordRun): Arrival {
  if (last.aliveMs === null || last.place === null) return fresh(null); // a new journal: nothing is known to be missing
  if (!isSameRun(last.supervisord, supervisord))
    return fresh({ reason: "supervisord_not_running", lost: lostByNewPool(last, event) });
  if (event.serial <= last.place.serial) return DUPLICATE;
  if (event.poolserial > last.place.poolserial)
    return fresh({ reason: "agent_not_running", lost: event.poolserial - last.place.poolserial - 1 });
  // A new pool under the same process: told to stop while supervisord was not, our section was updated; else restart.
  const updated = last.cleanStop && !last.stopping;
  return fresh({
    reason: updated ? "agent_not_running" : "supervisord_not_running",
    lost: updated ? null : lostByNewPool(last, event),
  });
}

/** Our pool is stopped last: after a clean stop of both, only what overflowed since the new start can be missing. */
const lostByNewPool = (last: LastSign, event: Place): number | null =>
  last.stopping && last.cleanStop ? event.poolserial : null;

/** Ranges of poolserial that were skipped in this run, oldest first. */
export type Skipped = { from: number; to: number }[];
const MAX_SKIPPED = 100;

/**
 * Any further event. What was skipped may still come: another listener that rejects an event makes supervisord put it at
 * the head of our queue (see EventListenerPool.handle_rejected), so later ones are seen before earlier ones.
 * @param skipped is changed
 */
export function judgeNext(last: Place, skipped: Skipped, event: Place): Arrival {
  if (event.poolserial === last.poolserial + 1) return fresh(null);
  if (event.poolserial <= last.poolserial) return takeSkipped(skipped, event.poolserial) ? fresh(null) : DUPLICATE;
  skipped.push({ from: last.poolserial + 1, to: event.poolserial - 1 });
  if (skipped.length > MAX_SKIPPED) skipped.shift();
  return fresh({ reason: "events_lost", lost: event.poolserial - last.poolserial - 1 });
}

function takeSkipped(skipped: Skipped, poolserial: number): boolean {
  const i = skipped.findIndex(({ from, to }) => from <= poolserial && poolserial <= to);
  const range = skipped[i];
  if (range === undefined) return false;
  const rest = [
    { from: range.from, to: poolserial - 1 },
    { from: poolserial + 1, to: range.to },
  ].filter(({ from, to }) => from <= to);
  skipped.splice(i, 1, ...rest);
  return true;
}
