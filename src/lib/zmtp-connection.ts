import { connect } from "node:net";
import { type SendZmtp, zmtpSocket } from "./zmtp-socket.ts";

export type ZmtpConnection = {
  readonly send: SendZmtp;
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
  const { hostname, port, timeoutMs, maxMessageBytes, maxUnsentBytes, onMessage } = options;
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<Error | null>();
  ready.promise.catch(() => {}); // told by the await below, or nobody waits any longer
  const socket = connect({ host: hostname, port });
  const zmtp = zmtpSocket(socket, {
    ...{ role: "DEALER", maxMessageBytes, maxUnsentBytes, onMessage, onReady: ready.resolve },
    onEnd(reason) {
      ready.reject(reason ?? new Error("closed"));
      ended.resolve(reason);
    },
  });
  socket.on("connect", zmtp.begin);

  const timer = setTimeout(() => zmtp.end(new Error(`no answer within ${timeoutMs / 1_000} s`)), timeoutMs);
  try {
    await ready.promise;
  } finally {
    clearTimeout(timer);
  }
  return { send: zmtp.send, close: () => zmtp.end(null), ended: ended.promise };
}
