import { MultivisorError, messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";

const RESYNC_EVERY_MS = 5 * 60_000;
const RESYNC_DELAY_MS = 100;
const RETRY_MAX_MS = 30_000;

/** Asks for snapshots in the background: bursts of reasons become one question, failures are tried again. */
export function createResync(request: () => Promise<void>, onShutdown: () => void, log: Logger, signal: AbortSignal) {
  let waiting = false;
  let failures = 0;
  const attempt = async (): Promise<void> => {
    await sleep(failures === 0 ? RESYNC_DELAY_MS : Math.min(RETRY_MAX_MS, 500 * 2 ** Math.min(failures, 10)), signal);
    waiting = false;
    if (signal.aborted) return;
    try {
      await request();
      failures = 0;
    } catch (error) {
      if (error instanceof MultivisorError && error.code === "SHUTDOWN_STATE") onShutdown();
      else log.debug(messageOf(error));
      failures += 1;
      soon();
    }
  };
  const soon = () => {
    if (waiting || signal.aborted) return;
    waiting = true;
    void attempt();
  };
  return {
    soon,
    async everyNowAndThen(): Promise<void> {
      for (;;) {
        await sleep(RESYNC_EVERY_MS, signal);
        if (signal.aborted) return;
        soon();
      }
    },
  };
}
