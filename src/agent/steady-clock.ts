const STEP_BACK_MS = 60_000;

/**
 * The clock of the journal: while the machine's clock is less than a minute behind what was said already, it stands
 * still, so that small corrections never turn the order of entries round.
 */
export function steadyClock(now: () => number, lastMs = 0): () => number {
  let last = lastMs;
  return () => {
    const current = now();
    if (current < last && last - current < STEP_BACK_MS) return last;
    last = current;
    return current;
  };
}
