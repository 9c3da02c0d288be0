import { connect } from "node:net";
import { encodeFrame, greeting } from "./zmtp-frames.ts";
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
 * A DEALER's connection to a ROUTER. Unlike libzmq's it does not reconnect by itself: its owner has to know. By node:net,
 * because an attempt of Bun.connect cannot be called off.
 * @throws ZmtpError, the system's error, or Error "no answer within …"
 */
export async function connectZmtp(options: ZmtpOptions): Promise<ZmtpConnection> {
  const { hostname, port, timeoutMs, maxUnsentBytes } = options;
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Error | null>();
  ready.promise.catch(() => {}); // told by the await below, or nobody waits any longer
  const socket = connect({ host: hostname, port });
  let isOver = false;

  const end = (reason: Error | null) => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    ready.reject(reason ?? new Error("closed"));
    ended.resolve(reason);
  };
  const write = (bytes: Uint8Array) => {
    if (isOver) return;
    socket.write(bytes);
    if (socket.writableLength > maxUnsentBytes) end(new Error("the peer takes nothing any more"));
  };
  const receiver = createZmtpReceiver({ ...options, send: write, onReady: ready.resolve });

  socket.setNoDelay(true);
  socket.on("connect", () => {
    write(greeting());
    write(readyFrame());
  });
  socket.on("data", (bytes: Buffer) => {
    try {
      if (!isOver) receiver.take(bytes);
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on("error", end);
  socket.on("close", () => end(new Error("the peer closed the connection")));

  const timer = setTimeout(() => end(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
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
