import type { Socket } from "bun";
import { encodeFrame, greeting, ZmtpError } from "./zmtp-frames.ts";
import { createZmtpReceiver, readyFrame } from "./zmtp-receiver.ts";

export type ZmtpConnection = {
  /** One message of these parts. Never waits; after the end it does nothing. */
  readonly send: (parts: readonly Uint8Array[]) => void;
  readonly close: () => void;
  /** Resolves when it has ended, with the reason; null: `close`. */
  readonly ended: Promise<Error | null>;
};

export type ZmtpOptions = {
  readonly hostname: string;
  readonly port: number;
  /** to connect and to shake hands */
  readonly timeoutMs: number;
  readonly maxMessageBytes: number;
  /** of what the peer does not take from us */
  readonly maxUnsentBytes: number;
  readonly onMessage: (parts: readonly Uint8Array[]) => void;
};

/**
 * A DEALER's connection to a ROUTER. Unlike libzmq's it does not reconnect by itself: its owner has to know.
 * @throws ZmtpError, the system's error, or Error "no answer within …"
 */
export async function connectZmtp(options: ZmtpOptions): Promise<ZmtpConnection> {
  const { timeoutMs, maxUnsentBytes } = options;
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Error | null>();
  let socket: Socket | null = null;
  let unsent: Uint8Array[] = [];
  let unsentBytes = 0;
  let isOver = false;

  const end = (reason: Error | null) => {
    if (isOver) return;
    isOver = true;
    unsent = [];
    socket?.terminate();
    ready.reject(reason ?? new Error("closed"));
    ended.resolve(reason);
  };
  const flush = () => {
    for (let chunk = unsent[0]; chunk !== undefined && socket !== null && !isOver; chunk = unsent[0]) {
      const taken = socket.write(chunk);
      if (taken < 0) return end(new Error("connection lost"));
      unsentBytes -= taken;
      if (taken < chunk.length) {
        unsent[0] = chunk.subarray(taken);
        return;
      }
      unsent.shift();
    }
  };
  const write = (bytes: Uint8Array) => {
    if (isOver) return;
    unsent.push(bytes);
    unsentBytes += bytes.length;
    if (unsentBytes > maxUnsentBytes) end(new Error("the peer takes nothing any more"));
    else if (unsent.length === 1) flush();
  };
  const receiver = createZmtpReceiver({ ...options, send: write, onReady: ready.resolve });
  const take = (bytes: Uint8Array) => {
    try {
      receiver.take(bytes);
    } catch (error) {
      end(error instanceof Error ? error : new ZmtpError(String(error)));
    }
  };
  const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
  ready.promise.catch(() => {}); // told by the await below, or nobody waits any longer

  Bun.connect({
    hostname: options.hostname,
    port: options.port,
    socket: {
      binaryType: "uint8array",
      open(opened) {
        socket = opened;
        if (isOver) return void opened.terminate();
        write(greeting());
        write(readyFrame());
      },
      data: (_, bytes) => take(bytes),
      drain: flush,
      close: (_, error) => end(error ?? new Error("the peer closed the connection")),
      end: () => end(new Error("the peer closed the connection")),
      error: (_, error) => end(error),
      connectError: (_, error) => end(error),
    },
  }).catch((error: Error) => end(error));
  try {
    await ready.promise;
  } finally {
    clearTimeout(timer);
  }
  return {
    send(parts) {
      parts.forEach((part, i) => void write(encodeFrame(part, { more: i < parts.length - 1 })));
    },
    close: () => end(null),
    ended: ended.promise,
  };
}
