/**
 * How much may be spent: at once `burst`, and `perSecond` in the long run. A crash loop must not push all else out of the
 * journal.
 */
export function createByteBudget(burst: number, perSecond: number, now: () => number) {
  let left = burst;
  let lastMs = now();
  return {
    /** @returns false, and takes nothing, where there is not enough */
    take(bytes: number): boolean {
      left = Math.min(burst, left + (Math.max(0, now() - lastMs) / 1_000) * perSecond);
      lastMs = now();
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
  };
}
