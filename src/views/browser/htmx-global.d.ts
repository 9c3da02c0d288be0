/** What we use of htmx 4, which stands in front of our script and shares its global. */
declare const htmx: { trigger(element: Element, event: string): void };

/** The connection that hx-sse tells of in its events. */
type SseConnection = {
  attempt: number;
  reader: ReadableStreamDefaultReader<Uint8Array> | null;
  /** ends the wait before the next attempt */
  delayCanceller: (() => void) | null;
};
