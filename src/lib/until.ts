/**
 * Waits for a condition that only changes can bring about.
 * @param subscribe calls its listener after each change; @param isTrue is asked now and after each change
 * @returns true as soon as the condition holds, false when the signal ended the wait first
 */
export function until(
  subscribe: (listener: () => void) => () => void,
  isTrue: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  if (isTrue()) return Promise.resolve(true);
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (result: boolean) => {
      unsubscribe();
      signal.removeEventListener("abort", onAbort);
      resolve(result);
    };
    const onAbort = () => end(false);
    const unsubscribe = subscribe(() => {
      if (isTrue()) end(true);
    });
    signal.addEventListener("abort", onAbort);
  });
}
