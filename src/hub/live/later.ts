const AFTER_MS = 1_000;

/** Once more, a while after the last change. */
export function later(act: () => void) {
  let timer: ReturnType<typeof setTimeout> | null = null;
  const stop = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  return {
    start() {
      stop();
      timer = setTimeout(act, AFTER_MS);
    },
    stop,
  };
}
