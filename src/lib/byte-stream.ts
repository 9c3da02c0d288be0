const encoder = new TextEncoder();

export type ByteStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** False when the reader was too slow and has been dropped, or is gone. Never waits. */
  readonly send: (chunk: string | Uint8Array) => boolean;
  readonly close: () => void;
};

/**
 * A response body that is written by pushing. The queue is counted in bytes; a reader that falls more than
 * `maxQueuedBytes` behind is dropped, because the alternatives are to wait for it or to grow without limit.
 * @param onClose called once, whatever ended the stream: reader gone, reader too slow, `close`
 */
export function byteStream(options: { readonly maxQueuedBytes: number; readonly onClose: () => void }): ByteStream {
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let open = true;
  const end = (finish: (c: ReadableStreamDefaultController<Uint8Array>) => void) => {
    if (!open) return;
    open = false;
    if (controller !== null) finish(controller);
    options.onClose();
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(c) {
        controller = c;
      },
      cancel() {
        end(() => {});
      },
    },
    { highWaterMark: options.maxQueuedBytes, size: (chunk) => chunk?.byteLength ?? 0 },
  );
  return {
    body,
    send(chunk) {
      if (!open || controller === null) return false;
      const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
      if ((controller.desiredSize ?? 0) < bytes.byteLength) {
        end((c) => c.error(new Error("reader too slow")));
        return false;
      }
      controller.enqueue(bytes);
      return true;
    },
    close: () => end((c) => c.close()),
  };
}
