import { ZerorpcLostRemote } from "./zerorpc-errors.ts";
import type { ZerorpcMessage } from "./zerorpc-message.ts";

export type ZerorpcChannel = {
  readonly send: (name: string, args: unknown) => void;
  readonly take: (message: ZerorpcMessage) => void;
  /** Heartbeats stop, and the other side finds out by that: there is no message for it. */
  readonly close: () => void;
};

export const HEARTBEAT_MS = 5_000;
/** Times the heartbeat: two may be missed. The reference notices after 2 to 3, depending on when it looks. */
const LOST_AFTER = 2.4;
const LOOKS_PER_HEARTBEAT = 5;

/**
 * One conversation among many on a connection: a call, or a stream. Both sides send heartbeats while it is open, and only
 * they count as signs of life.
 */
export function createChannel(deps: {
  readonly heartbeatMs: number;
  readonly send: (name: string, args: unknown) => void;
  readonly onMessage: (message: ZerorpcMessage) => void;
  readonly onLost: (error: Error) => void;
}): ZerorpcChannel {
  const { heartbeatMs, send } = deps;
  let seenMs = performance.now();
  let looks = 0;

  const look = () => {
    const silentMs = performance.now() - seenMs;
    if (silentMs > LOST_AFTER * heartbeatMs) {
      clearInterval(timer);
      deps.onLost(new ZerorpcLostRemote(`no heartbeat for ${Math.round(silentMs / 1_000)} s`));
    } else if (++looks % LOOKS_PER_HEARTBEAT === 0) send("_zpc_hb", [0]);
  };
  const timer = setInterval(look, heartbeatMs / LOOKS_PER_HEARTBEAT);

  return {
    send,
    take(message) {
      if (message.name === "_zpc_hb") seenMs = performance.now();
      else if (!message.name.startsWith("_zpc_")) deps.onMessage(message);
    },
    close: () => clearInterval(timer),
  };
}
