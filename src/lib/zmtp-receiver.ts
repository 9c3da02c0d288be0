import { encodeCommand, encodeProperties, parseCommand, parseProperties, pongOf } from "./zmtp-commands.ts";
import {
  checkGreeting,
  createFrameReader,
  encodeFrame,
  GREETING_BYTES,
  ZmtpError,
  type ZmtpFrame,
} from "./zmtp-frames.ts";

const MAX_PARTS = 16;

export type ZmtpReceiver = {
  /** @throws ZmtpError: the connection is of no use any more */
  readonly take: (bytes: Uint8Array) => void;
};

/** A client is a DEALER, its server a ROUTER. */
export type ZmtpRole = "DEALER" | "ROUTER";

/** Our half of the handshake that a greeting does not cover. @param role ours */
export const readyFrame = (role: ZmtpRole): Uint8Array =>
  encodeFrame(encodeCommand("READY", encodeProperties({ "Socket-Type": role, Identity: "" })), { command: true });

/** What arrives on a connection between a DEALER and a ROUTER: greeting, READY, then messages. */
export function createZmtpReceiver(deps: {
  /** what the peer has to be */
  readonly peer: ZmtpRole;
  readonly maxMessageBytes: number;
  readonly onReady: () => void;
  readonly onMessage: (parts: readonly Uint8Array[]) => void;
  readonly send: (bytes: Uint8Array) => void;
}): ZmtpReceiver {
  let head: Uint8Array | null = new Uint8Array(0);
  let ready = false;
  let parts: Uint8Array[] = [];
  let partBytes = 0;
  const readFrames = createFrameReader(deps.maxMessageBytes);

  /** @returns what follows the greeting */
  function takeGreeting(before: Uint8Array, bytes: Uint8Array): Uint8Array {
    const all = before.length === 0 ? bytes : new Uint8Array(Buffer.concat([before, bytes]));
    if (all.length > 0) checkGreeting(all.subarray(0, GREETING_BYTES));
    head = all.length < GREETING_BYTES ? all.slice() : null;
    return all.subarray(GREETING_BYTES);
  }

  function onCommand(body: Uint8Array): void {
    const command = parseCommand(body);
    if (command.name === "ERROR") throw new ZmtpError("the peer refuses the connection");
    if (command.name === "PING") deps.send(encodeFrame(pongOf(command), { command: true }));
    if (command.name !== "READY" || ready) return;
    const type = parseProperties(command.data).get("socket-type");
    if (type !== deps.peer) throw new ZmtpError(`the peer is a ${type ?? "nameless"} socket, not a ${deps.peer}`);
    ready = true;
    deps.onReady();
  }

  function onFrame({ command, more, body }: ZmtpFrame): void {
    if (command) {
      onCommand(body);
      return;
    }
    if (!ready) throw new ZmtpError("a message before READY");
    parts.push(body);
    partBytes += body.length;
    if (parts.length > MAX_PARTS || partBytes > deps.maxMessageBytes) throw new ZmtpError("a message above the limit");
    if (more) return;
    const message = parts;
    parts = [];
    partBytes = 0;
    deps.onMessage(message);
  }

  return {
    take(bytes) {
      const rest = head === null ? bytes : takeGreeting(head, bytes);
      if (head !== null || rest.length === 0) return;
      for (const frame of readFrames(rest)) onFrame(frame);
    },
  };
}
