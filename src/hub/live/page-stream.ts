import { type ByteStream, byteStream } from "../../lib/byte-stream.ts";
import type { Logger } from "../../lib/logger.ts";
import { sseFrame } from "../../lib/sse-frame.ts";

/** Unnamed ones are HTML for htmx, named ones become events of the page; `id` comes back from who reconnects. */
export type PageMessage = { readonly data: string; readonly event?: string; readonly id?: string };

/** What one page shows: all of it, or what changed since the last `update`. A string is one unnamed message. */
export type PageView = {
  /** Called when the first reader comes: changes are collected from here on. */
  readonly open: (onChange: () => void) => void;
  /** Called when the last reader has gone. */
  readonly close: () => void;
  /** equal keys mean equal full states */
  readonly key: () => number;
  /** @param since the `id` of a message, or of the page itself; null: begin from nothing */
  readonly full: (since: string | null) => string | readonly PageMessage[];
  /** Empty where there is nothing to say after all. */
  readonly update: () => string | readonly PageMessage[];
};

export type PageStream = {
  /**
   * A new reader; gets the full state at once, or what it has not seen since then.
   * @param onClose called once, whatever ends it
   */
  readonly connect: (since?: string | null, onClose?: () => void) => ReadableStream<Uint8Array>;
  readonly readers: () => number;
  /** To all readers, beside what they look at. */
  readonly tell: (message: PageMessage) => void;
  /** Ends every reader's stream. */
  readonly close: () => void;
};

type Options = {
  readonly logger: Logger;
  /** changes that come within this time go out as one message */
  readonly joinMs?: number;
  readonly heartbeatMs?: number;
  /** beside one full state; a reader further behind is dropped and comes back to a full state */
  readonly maxQueuedBytes?: number;
  readonly now?: () => number;
  /** what every reader is told after the full state, whatever they look at */
  readonly greeting?: () => readonly PageMessage[];
};

const encoder = new TextEncoder();

const encode = (content: string | readonly PageMessage[]): Uint8Array => {
  if (typeof content !== "string") return encoder.encode(content.map(sseFrame).join(""));
  return encoder.encode(content === "" ? "" : sseFrame({ data: content }));
};

/**
 * Tells all who look at one page. Each change is rendered once, and the same bytes go to every reader; nobody there:
 * nothing is rendered.
 */
export function pageStream(view: PageView, options: Options): PageStream {
  const { logger, joinMs = 100, heartbeatMs = 1_800, maxQueuedBytes = 2 * 1_024 * 1_024, now = Date.now } = options;
  const { greeting = () => [] } = options;
  const readers = new Set<ByteStream>();
  let full: { readonly key: number; readonly bytes: Uint8Array } | null = null;
  let flushTimer: ReturnType<typeof setTimeout> | null = null;
  let heartbeat: ReturnType<typeof setInterval> | null = null;
  let flushedMs = Number.NEGATIVE_INFINITY;

  const sendAll = (bytes: Uint8Array) => {
    for (const reader of [...readers]) reader.send(bytes);
  };
  const flush = () => {
    flushTimer = null;
    flushedMs = performance.now();
    try {
      const bytes = encode(view.update());
      if (bytes.byteLength > 0) sendAll(bytes);
    } catch (error) {
      logger.error(`Cannot render an update: ${error}`);
      closeAll();
    }
  };
  const onChange = () => {
    // At once after a quiet while, later by as much as it takes to join what comes in a burst.
    flushTimer ??= setTimeout(flush, Math.max(joinMs / 10, joinMs - (performance.now() - flushedMs)));
  };
  // An event of its own, not a comment: the browser's reader passes over comments, and silence is how it knows that
  // the hub is gone while TCP still stands. It carries the hub's clock.
  const beat = () => encoder.encode(sseFrame({ event: "beat", data: String(now()) }));
  const start = () => {
    view.open(onChange);
    heartbeat = setInterval(() => {
      const bytes = beat();
      for (const reader of [...readers]) reader.beat(bytes);
    }, heartbeatMs);
  };
  const stop = () => {
    view.close();
    if (heartbeat !== null) clearInterval(heartbeat);
    if (flushTimer !== null) clearTimeout(flushTimer);
    heartbeat = null;
    flushTimer = null;
    full = null;
  };
  const fullBytes = (since: string | null): Uint8Array => {
    if (since !== null) return encode(view.full(since));
    const key = view.key();
    if (full?.key !== key) full = { key, bytes: encode(view.full(null)) };
    return full.bytes;
  };
  const closeAll = () => {
    for (const reader of [...readers]) reader.close();
  };

  return {
    connect(since = null, onClose = () => {}) {
      if (readers.size === 0) start();
      const bytes = fullBytes(since);
      const reader = byteStream({
        maxQueuedBytes: maxQueuedBytes + bytes.byteLength,
        onClose: () => {
          readers.delete(reader);
          if (readers.size === 0) stop();
          onClose();
        },
      });
      readers.add(reader);
      reader.send(beat());
      reader.send(bytes);
      reader.send(encode(greeting()));
      return reader.body;
    },
    readers: () => readers.size,
    tell(message) {
      if (readers.size > 0) sendAll(encode([message]));
    },
    close: closeAll,
  };
}
