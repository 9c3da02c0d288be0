/**
 * Wait before the next attempt: doubles from `baseMs` to `maxMs`, of which a random half is taken off, so that
 * five hundred clients of one restarted server do not all come back in the same moment.
 * @param failures how many attempts failed in a row so far, from 1
 */
export function backoffMs(
  failures: number,
  {
    baseMs = 250,
    maxMs = 5_000,
    random = Math.random,
  }: { baseMs?: number; maxMs?: number; random?: () => number } = {},
): number {
  const whole = Math.min(maxMs, baseMs * 2 ** Math.min(failures - 1, 30));
  return whole / 2 + (random() * whole) / 2;
}
