import { createChannel, HEARTBEAT_MS, type ZerorpcChannel } from "./zerorpc-channel.ts";
import { remoteError, ZerorpcTimeout } from "./zerorpc-errors.ts";
import { createIds, decodeMessage, encodeMessage, type ZerorpcMessage } from "./zerorpc-message.ts";
import { connectZmtp } from "./zmtp-connection.ts";

export type ZerorpcClient = {
  /** @throws ZerorpcRemoteError, ZerorpcTimeout, ZerorpcLostRemote; why the connection ended */
  readonly call: (method: string, args: readonly unknown[], timeoutMs: number) => Promise<unknown>;
  readonly stream: (method: string, args: readonly unknown[], onItem: (item: unknown) => void) => ZerorpcStream;
  readonly close: () => void;
  /** Resolves when the connection has ended, with the reason; null: `close`. */
  readonly ended: Promise<Error | null>;
};

export type ZerorpcStream = {
  /** Resolves when the other side has sent all; rejects as a call does. */
  readonly ended: Promise<void>;
  readonly close: () => void;
};

export type ZerorpcOptions = {
  readonly hostname: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  readonly heartbeatMs?: number;
  readonly maxMessageBytes?: number;
};

/** Messages that the other side may send before it hears from us again; below the half it is granted more. */
const SLOTS = 100;
const MAX_MESSAGE_BYTES = 64 * 1_024 * 1_024;
const MAX_UNSENT_BYTES = 16 * 1_024 * 1_024;

/** A client of one zerorpc server, with all its calls and streams on one connection. @throws why it cannot be connected */
export async function openZerorpc(options: ZerorpcOptions): Promise<ZerorpcClient> {
  const { hostname, port, heartbeatMs = HEARTBEAT_MS, maxMessageBytes = MAX_MESSAGE_BYTES } = options;
  const channels = new Map<string, { readonly channel: ZerorpcChannel; readonly fail: (error: Error) => void }>();
  const nextId = createIds();
  const connection = await connectZmtp({
    ...{ hostname, port, timeoutMs: options.connectTimeoutMs, maxMessageBytes, maxUnsentBytes: MAX_UNSENT_BYTES },
    onMessage(parts) {
      const message = decodeMessage(parts);
      if (message?.responseTo == null) return;
      channels.get(message.responseTo)?.channel.take(message);
    },
  });
  let over: Error | null = null;
  void connection.ended.then((reason) => {
    over = reason ?? new Error("the connection was closed");
    for (const { fail } of [...channels.values()]) fail(over);
  });

  /** @param onMessage and `onEnd` are not called after `close` */
  function open(
    method: string,
    args: readonly unknown[],
    onMessage: (message: ZerorpcMessage, channel: ZerorpcChannel) => void,
    onFail: (error: Error) => void,
  ): { readonly close: () => void } {
    const id = nextId();
    const close = () => {
      channel.close();
      channels.delete(id);
    };
    const fail = (error: Error) => {
      close();
      onFail(error);
    };
    const channel = createChannel({
      heartbeatMs,
      send: (name, sent) => connection.send(encodeMessage(nextId(), { responseTo: id, name, args: sent })),
      onMessage: (message) => onMessage(message, channel),
      onLost: fail,
    });
    if (over !== null) {
      fail(over);
      return { close };
    }
    channels.set(id, { channel, fail });
    connection.send(encodeMessage(id, { responseTo: null, name: method, args }));
    return { close };
  }

  function call(method: string, args: readonly unknown[], timeoutMs: number): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    const onMessage = (message: ZerorpcMessage) => {
      if (message.name === "OK") answer.resolve(Array.isArray(message.args) ? message.args[0] : message.args);
      else if (message.name === "ERR") answer.reject(remoteError(message.args));
    };
    const channel = open(method, args, onMessage, answer.reject);
    const late = () => answer.reject(new ZerorpcTimeout(`no answer to ${method} within ${timeoutMs / 1_000} s`));
    const timer = setTimeout(late, timeoutMs);
    return answer.promise.finally(() => {
      clearTimeout(timer);
      channel.close();
    });
  }

  function stream(method: string, args: readonly unknown[], onItem: (item: unknown) => void): ZerorpcStream {
    const ended = Promise.withResolvers<void>();
    ended.promise.catch(() => {}); // it may fail before anybody waits for it
    let credit = 1; // that of the request
    const onMessage = (message: ZerorpcMessage, on: ZerorpcChannel) => {
      credit--;
      if (message.name === "STREAM") onItem(message.args);
      else if (message.name === "STREAM_DONE") ended.resolve();
      else if (message.name === "ERR") ended.reject(remoteError(message.args));
      if (message.name !== "STREAM") return channel.close();
      if (credit >= SLOTS / 2) return;
      on.send("_zpc_more", [SLOTS - credit]);
      credit = SLOTS;
    };
    const channel = open(method, args, onMessage, ended.reject);
    return { ended: ended.promise, close: channel.close };
  }

  return { call, stream, close: connection.close, ended: connection.ended };
}
