export type Broadcast<T> = {
  readonly publish: (message: T) => void;
  /** The listener is called at once, in order, and must neither wait nor throw. @returns the end of the subscription */
  readonly subscribe: (listener: (message: T) => void) => () => void;
  readonly size: () => number;
};

/** Tells everyone, now. Queues belong to the listeners, each with a bound of its own (`byteStream`). */
export function createBroadcast<T>(): Broadcast<T> {
  const listeners = new Set<(message: T) => void>();
  return {
    publish(message) {
      for (const listener of listeners) listener(message);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    size: () => listeners.size,
  };
}
