/**
 * A host's clock minus ours, from answers that cut it to whole seconds: only what they prove. Zero, where both may be the same.
 * @param hostMs its clock, cut to the second; @param askedMs and @param answeredMs ours, before and after
 */
export function provenOffsetMs(hostMs: number, askedMs: number, answeredMs: number): number {
  const least = hostMs - answeredMs;
  const most = hostMs + 999 - askedMs;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}
