const POLL_MS = 20;

/**
 * Looks again and again until `look` returns something that is neither null, undefined nor false.
 * @param what ends the sentence "waited 30 s for …"; a function says it as late as possible
 * @throws with the last error of `look`, where the time is over
 */
export async function waitFor<T>(
  what: string | (() => string),
  look: () => Promise<T> | T,
  timeoutMs = 30_000,
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let problem: unknown;
    try {
      const seen = await look();
      if (seen !== null && seen !== undefined && seen !== false) return seen as NonNullable<Exclude<T, false>>;
    } catch (error) {
      problem = error;
    }
    if (Date.now() > deadline) {
      const text = typeof what === "function" ? what() : what;
      throw new Error(`waited ${timeoutMs / 1_000} s for ${text}`, { cause: problem });
    }
    await Bun.sleep(POLL_MS);
  }
}
