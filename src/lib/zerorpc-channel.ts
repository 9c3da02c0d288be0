import { ZerorpcLostRemote } from "./zerorpc-errors.ts";
import type { ZerorpcMessage } from "./zerorpc-message.ts";

export type ZerorpcChannel = {
  readonly send: (name: string, args: unknown) => void;
  readonly take: (message: ZerorpcMessage) => void;
  /** Heartbeats stop, and the other side finds out by that: there is no message for it. */
  readonly close: () => void;
};

export const HEARTBEAT_MS = 5_000;

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
  let seenMs: number | null = null;

  const beat = () => {
    const nowMs = performance.now();
    seenMs ??= nowMs;
    if (nowMs - seenMs > 2 * heartbeatMs) {
      clearInterval(timer);
      deps.onLost(new ZerorpcLostRemote(`no heartbeat for ${Math.round((nowMs - seenMs) / 1_000)} s`));
    } else send("_zpc_hb", [0]);
  };
  const timer = setInterval(beat, heartbeatMs);

  return {
    send,
    take(message) {
      if (message.name === "_zpc_hb") seenMs = performance.now();
      else if (!message.name.startsWith("_zpc_")) deps.onMessage(message);
    },
    close: () => clearInterval(timer),
  };
}
