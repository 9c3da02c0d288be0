import { createServer, type Server, type Socket } from "node:net";
import { createChannel, HEARTBEAT_MS, type ZerorpcChannel } from "./zerorpc-channel.ts";
import { createIds, decodeMessage, encodeMessage, type ReceivedMessage } from "./zerorpc-message.ts";
import { zmtpSocket } from "./zmtp-socket.ts";

export type ZerorpcServer = {
  readonly port: number;
  /** While it is held nothing goes out and nothing is read; the connections stay. */
  readonly hold: (isHeld: boolean) => void;
  /** Ends all connections and listens no more. */
  readonly close: () => Promise<void>;
};

export type ZerorpcService = {
  /** Methods that answer once. What it throws is put in words by `raised`. */
  readonly call: (method: string, args: readonly unknown[]) => unknown;
  /** Methods that answer as long as somebody listens; undefined: it is none. @returns the end of it */
  readonly stream: (method: string) => ((send: (item: unknown) => void) => () => void) | undefined;
  /** `[class, message, traceback]` of Python */
  readonly raised: (error: unknown) => readonly [string, string, string];
};

type Options = { readonly hostname: string; readonly port: number; readonly heartbeatMs?: number };

const MAX_MESSAGE_BYTES = 16 * 1_024 * 1_024;
const MAX_UNSENT_BYTES = 64 * 1_024 * 1_024;

/** A zerorpc server. @throws the system's error where it cannot listen */
export async function serveZerorpc(service: ZerorpcService, options: Options): Promise<ZerorpcServer> {
  const sockets = new Set<Socket>();
  let isHeld = false;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    if (isHeld) holdSocket(socket);
    serveConnection(socket, service, options.heartbeatMs ?? HEARTBEAT_MS);
  });
  await listening(server, options);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : options.port,
    hold(held) {
      isHeld = held;
      for (const socket of sockets) (held ? holdSocket : releaseSocket)(socket);
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

const listening = (server: Server, { hostname, port }: Options): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, () => resolve());
  });

function holdSocket(socket: Socket): void {
  socket.cork();
  socket.pause();
}

function releaseSocket(socket: Socket): void {
  socket.uncork();
  socket.resume();
}

/** What is to be sent on a channel, as far as the other side has room for it. */
type Outgoing = { readonly channel: ZerorpcChannel; readonly more: (slots: number) => void; readonly end: () => void };

function serveConnection(socket: Socket, service: ZerorpcService, heartbeatMs: number): void {
  const channels = new Map<string, Outgoing>();
  const nextId = createIds();

  function open(id: string, onGone: () => void) {
    let credit = 1;
    const queue: [name: string, args: unknown][] = [];
    const end = () => {
      channel.close();
      channels.delete(id);
      onGone();
    };
    const post = (name: string, args: unknown) => zmtp.send(encodeMessage(nextId(), { responseTo: id, name, args }));
    const flush = () => {
      while (credit > 0 && queue.length > 0) {
        credit--;
        const [name, args] = queue.shift() ?? ["", null];
        post(name, args);
        if (name === "OK" || name === "ERR") end();
      }
    };
    const channel = createChannel({ heartbeatMs, send: post, onMessage: () => {}, onLost: end });
    const more = (slots: number) => {
      credit += slots;
      flush();
    };
    channels.set(id, { channel, more, end });
    return (name: string, args: unknown) => {
      queue.push([name, args]);
      flush();
    };
  }

  async function answer({ id, name: method, args }: ReceivedMessage): Promise<void> {
    const stream = service.stream(method);
    if (stream !== undefined) {
      let stop = () => {};
      const send = open(id, () => stop());
      stop = stream((item) => send("STREAM", item));
      return;
    }
    const send = open(id, () => {});
    try {
      send("OK", [await service.call(method, Array.isArray(args) ? args : [])]);
    } catch (error) {
      send("ERR", service.raised(error));
    }
  }

  const zmtp = zmtpSocket(socket, {
    ...{ role: "ROUTER", maxMessageBytes: MAX_MESSAGE_BYTES, maxUnsentBytes: MAX_UNSENT_BYTES, onReady() {} },
    onMessage(parts) {
      const message = decodeMessage(parts);
      if (message === null) return;
      if (message.responseTo === null) return void answer(message);
      const outgoing = channels.get(message.responseTo);
      if (message.name === "_zpc_more") outgoing?.more(Number(Array.isArray(message.args) ? message.args[0] : 0));
      else outgoing?.channel.take(message);
    },
    onEnd() {
      for (const { end } of [...channels.values()]) end();
    },
  });
  zmtp.begin();
}
