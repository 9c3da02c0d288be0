import { aborted } from "../../lib/aborted.ts";
import { sleep } from "../../lib/sleep.ts";

export type PollLoopDeps = {
  /** @param failures how many looks failed in a row so far @throws why nothing was seen */
  readonly look: (failures: number) => Promise<void>;
  /** how long to wait after a look that succeeded */
  readonly waitMs: () => number;
  /** @param failures of how many in a row this is the last @returns how long to wait */
  readonly onFailed: (error: unknown, failures: number) => number;
};

/** Looks again and again, one look at a time. */
export function createPollLoop({ look, waitMs, onFailed }: PollLoopDeps) {
  let wake = new AbortController();

  async function once(failures: number, ended: Promise<void>, signal: AbortSignal) {
    try {
      await Promise.race([look(failures), ended]);
      return { failures: 0, waitMs: waitMs() };
    } catch (error) {
      return { failures: failures + 1, waitMs: signal.aborted ? 0 : onFailed(error, failures + 1) };
    }
  }

  return {
    /** The next look comes now, or right after the one that is under way. */
    wake: () => wake.abort(),
    /** Until the signal ends it; a look under way is not waited for. */
    async run(signal: AbortSignal): Promise<void> {
      signal.addEventListener("abort", () => wake.abort(), { once: true });
      const ended = aborted(signal);
      for (let failures = 0; !signal.aborted; ) {
        wake = new AbortController();
        const next = await once(failures, ended, signal);
        failures = next.failures;
        if (!signal.aborted) await sleep(next.waitMs, wake.signal);
      }
    },
  };
}
