/** Between two steps while there is something to do, and while there is nothing. */
const BUSY_MS = 20;
const IDLE_MS = 60_000;

/**
 * Does small pieces of work while nothing else is to be done.
 * @param step one piece of a few milliseconds; @returns whether there is more
 * @returns the end of it
 */
export function inBackground(step: () => boolean, firstMs: number): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const later = (ms: number) => {
    timer = setTimeout(() => later(step() ? BUSY_MS : IDLE_MS), ms);
    timer.unref();
  };
  later(firstMs);
  return () => clearTimeout(timer);
}
