import { createWaitingBytes, type WaitingBytes, type WaitingReader } from "./waiting-bytes.ts";

const encoder = new TextEncoder();

/** Handed over at a time: of what the socket does not take at once the server keeps a copy. */
const PIECE_BYTES = 65_536;
/** Signs of life during which a reader may take nothing of what waits for it. */
const MOST_BEATS = 3;

export type ByteStream = {
  readonly body: ReadableStream<Uint8Array>;
  /** False when the reader was too slow and has been dropped, or is gone. Never waits, never copies bytes. */
  readonly send: (chunk: string | Uint8Array) => boolean;
  /** A sign of life at regular times, left out where something waits; who takes nothing for several is dropped. */
  readonly beat: (chunk: string | Uint8Array) => void;
  readonly close: () => void;
};

type Options = {
  readonly maxQueuedBytes: number;
  /** of several streams together */
  readonly waiting?: WaitingBytes;
  /** called once, whatever ended the stream: reader gone, reader too slow, `close` */
  readonly onClose: () => void;
};

/**
 * A response body that is written by pushing. A reader that falls more than `maxQueuedBytes` behind is dropped, and so is
 * one that stands still, because the alternatives are to wait for it or to grow without limit.
 */
export function byteStream(options: Options): ByteStream {
  const { maxQueuedBytes, waiting = createWaitingBytes(maxQueuedBytes), onClose } = options;
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let open = true;
  let queue: Uint8Array[] = [];
  let queuedBytes = 0;
  /** of the first in the queue, handed over already */
  let offset = 0;
  let isWanted = false;
  let beats = 0;

  const end = (finish: (c: ReadableStreamDefaultController<Uint8Array>) => void) => {
    if (!open) return;
    open = false;
    if (controller !== null) finish(controller);
    const left = queue;
    [queue, queuedBytes] = [[], 0];
    for (const piece of left) waiting.release(self, piece);
    onClose();
  };
  const drop = () => end((c) => c.error(new Error("reader too slow")));
  const self: WaitingReader = { queuedBytes: () => queuedBytes, drop };
  const next = (most: number): Uint8Array | null => {
    const first = queue[0];
    if (first === undefined) return null;
    const part = first.subarray(offset, offset + most);
    offset += part.byteLength;
    queuedBytes -= part.byteLength;
    if (offset < first.byteLength) return part;
    offset = 0;
    queue.shift();
    waiting.release(self, first);
    return part;
  };
  const handOver = (part: Uint8Array | null) => {
    if (part === null) return;
    [isWanted, beats] = [false, 0];
    controller?.enqueue(part);
  };
  const enqueue = (piece: Uint8Array) => {
    queue.push(piece);
    queuedBytes += piece.byteLength;
    waiting.add(self, piece);
  };
  const send = (chunk: string | Uint8Array): boolean => {
    if (!open) return false;
    const bytes = typeof chunk === "string" ? encoder.encode(chunk) : chunk;
    if (bytes.byteLength === 0) return true;
    if (isWanted && bytes.byteLength <= PIECE_BYTES) handOver(bytes);
    else if (queuedBytes + bytes.byteLength > maxQueuedBytes) drop();
    else {
      enqueue(bytes);
      if (isWanted) handOver(next(PIECE_BYTES));
    }
    return open;
  };
  const body = new ReadableStream<Uint8Array>(
    {
      start(c) {
        controller = c;
      },
      pull() {
        isWanted = true;
        handOver(next(PIECE_BYTES));
      },
      cancel() {
        end(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  return {
    body,
    send,
    beat(chunk) {
      if (queuedBytes === 0) send(chunk);
      else if (++beats >= MOST_BEATS) drop();
    },
    close: () =>
      end((c) => {
        for (let part = next(maxQueuedBytes); part !== null; part = next(maxQueuedBytes)) c.enqueue(part);
        c.close();
      }),
  };
}
