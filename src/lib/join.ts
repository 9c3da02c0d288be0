/**
 * Joins what comes together, so that a burst costs one piece of work and a single thing waits for nothing.
 * @param act called at the end of the turn in which the first came; after many in a short time only once in `joinMs()`
 * @param calm as many within `joinMs()` do not wait
 * @returns tells that there is something to do
 */
export function join(act: () => void, { joinMs = (): number => 5, calm = 20 } = {}): () => void {
  let scheduled = false;
  let windowEndsMs = 0;
  let inWindow = 0;
  const run = () => {
    scheduled = false;
    act();
  };
  return () => {
    inWindow++;
    if (scheduled) return;
    scheduled = true;
    const nowMs = performance.now();
    if (nowMs >= windowEndsMs) {
      windowEndsMs = nowMs + joinMs();
      inWindow = 1;
    }
    if (inWindow <= calm) queueMicrotask(run);
    else setTimeout(run, windowEndsMs - nowMs);
  };
}
