import { messageOf } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { sleep } from "../lib/sleep.ts";
import type { Journal } from "./journal.ts";

const DAY_MS = 86_400_000;
const EXPIRE_EVERY_MS = 60_000;
const EXPIRE_STEP = 200;
const EXPIRE_PAUSE_MS = 50;

type Deps = {
  readonly journal: Pick<Journal, "expire">;
  readonly now: () => number;
  readonly log: Logger;
  readonly keepMs?: number;
  readonly maxJournalBytes?: number;
};

/** Forgets what is too old or too much, in steps so small that no event waits. */
export async function expireJournal(deps: Deps, signal: AbortSignal): Promise<void> {
  const { keepMs = 30 * DAY_MS, maxJournalBytes: maxBytes = 64 * 1_024 * 1_024 } = deps;
  while (!signal.aborted) {
    const deleted = expireStep(deps, deps.now() - keepMs, maxBytes);
    await sleep(deleted === EXPIRE_STEP ? EXPIRE_PAUSE_MS : EXPIRE_EVERY_MS, signal);
  }
}

function expireStep({ journal, log }: Deps, beforeMs: number, maxBytes: number): number {
  try {
    return journal.expire({ beforeMs, maxBytes, limit: EXPIRE_STEP });
  } catch (error) {
    log.warn(`Cannot shorten the journal: ${messageOf(error)}`);
    return 0;
  }
}
