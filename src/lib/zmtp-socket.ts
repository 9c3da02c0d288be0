import type { Socket } from "node:net";
import { encodeFrame, greeting } from "./zmtp-frames.ts";
import { createZmtpReceiver, readyFrame, type ZmtpRole } from "./zmtp-receiver.ts";

/** One message of these parts. Never waits; after the end it does nothing. */
export type SendZmtp = (parts: readonly Uint8Array[]) => void;

export type ZmtpSocketOptions = {
  /** ours */
  readonly role: ZmtpRole;
  readonly maxMessageBytes: number;
  /** of what the peer does not take from us */
  readonly maxUnsentBytes: number;
  readonly onReady: () => void;
  readonly onMessage: (parts: readonly Uint8Array[]) => void;
  /** called once; null: `end` was called with it */
  readonly onEnd: (reason: Error | null) => void;
};

/** ZMTP on a socket of ours: the same for both sides. @returns `begin` sends our half of the handshake */
export function zmtpSocket(socket: Socket, options: ZmtpSocketOptions) {
  const { role, maxUnsentBytes } = options;
  let isOver = false;

  const end = (reason: Error | null) => {
    if (isOver) return;
    isOver = true;
    socket.destroy();
    options.onEnd(reason);
  };
  const write = (bytes: Uint8Array) => {
    if (isOver) return;
    socket.write(bytes);
    if (socket.writableLength > maxUnsentBytes) end(new Error("the peer takes nothing any more"));
  };
  const receiver = createZmtpReceiver({ ...options, peer: role === "DEALER" ? "ROUTER" : "DEALER", send: write });
  const send: SendZmtp = (parts) =>
    parts.forEach((part, i) => void write(encodeFrame(part, { more: i < parts.length - 1 })));

  socket.setNoDelay(true);
  socket.on("data", (bytes: Buffer) => {
    try {
      if (!isOver) receiver.take(bytes);
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
  });
  socket.on("error", end);
  socket.on("close", () => end(new Error("the peer closed the connection")));
  return {
    ...{ send, end },
    begin() {
      write(greeting());
      write(readyFrame(role));
    },
  };
}
