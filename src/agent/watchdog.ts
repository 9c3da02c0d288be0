import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";

const CHECK_MS = 5_000;
const MISSED = 4;

/**
 * supervisord neither blocks on a listener nor tells it that it is not heard any more (listener state UNKNOWN): only the
 * TICK_5 that does not come says so, and a new agent process is the remedy. Looks are counted rather than time, because
 * a machine that slept has missed no tick.
 * @param tickCount TICK_5 events of this run. Where none ever came, they are not subscribed: that is only a warning
 * @returns true when the ticks have stopped for 20 s, false at the end of the signal
 */
export async function watchTicks(tickCount: () => number, log: Logger, signal: AbortSignal): Promise<boolean> {
  let seen = 0;
  let missed = 0;
  while (!signal.aborted) {
    await sleep(CHECK_MS, signal);
    missed = tickCount() === seen ? missed + 1 : 0;
    seen = tickCount();
    if (missed === MISSED && seen === 0)
      log.warn(
        "Add TICK_5 to events= of this event listener: without it the agent cannot tell whether supervisord hears it",
      );
    if (missed >= MISSED && seen > 0) return true;
  }
  return false;
}
