import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { answerReader, connectionLost, type HttpFollower } from "./http-answer.ts";

export type HttpFollow = {
  readonly address: { readonly hostname: string; readonly port: number };
  /** null: plain HTTP */
  readonly tls: Readonly<Record<string, unknown>> | null;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connectTimeoutMs: number;
  /** from the request to the head of the answer */
  readonly headTimeoutMs: number;
  readonly signal: AbortSignal;
};

/**
 * One GET on a connection of its own, for an answer that goes on for as long as both live. By hand, because Bun has no
 * more than 256 requests of `fetch` open at a time, and keeps 64 KiB for each.
 * @returns when the answer has ended
 * @throws the system's error (with its code), the reason of the signal, or what the follower throws
 */
export async function followHttp(options: HttpFollow, follower: HttpFollower): Promise<void> {
  const { signal, connectTimeoutMs, headTimeoutMs } = options;
  signal.throwIfAborted();
  const ended = Promise.withResolvers<void>();
  const fail = (error: unknown) => ended.reject(error);
  const late = (ms: number) => setTimeout(() => fail(new Error(`no answer within ${ms / 1_000} s`)), ms);
  let timer = late(connectTimeoutMs);
  const socket = open(options, () => {
    clearTimeout(timer);
    timer = late(headTimeoutMs);
    socket.write(requestText(options));
  });
  const answer = answerReader({
    ...follower,
    onHead(status) {
      clearTimeout(timer);
      follower.onHead(status);
    },
  });
  const onAbort = () => fail(signal.reason);
  signal.addEventListener("abort", onAbort, { once: true });
  socket.on("error", fail); // for good: an error may come after the end
  socket.on("data", (bytes: Uint8Array) => {
    try {
      if (answer.push(bytes)) ended.resolve();
    } catch (error) {
      fail(error);
    }
  });
  socket.on("close", () => (answer.isWhole() ? ended.resolve() : fail(connectionLost())));
  try {
    await ended.promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    socket.destroy();
  }
}

function open({ address: { hostname, port }, tls }: HttpFollow, onOpen: () => void): Socket {
  if (tls === null) return connect({ host: hostname, port }, onOpen);
  const name = isIP(hostname) === 0 ? { servername: hostname } : {};
  return connectTls({ host: hostname, port, ...name, ...tls }, onOpen);
}

function requestText({ address: { hostname, port }, path, headers }: HttpFollow): string {
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  const lines = Object.entries({ host: `${host}:${port}`, connection: "close", ...headers });
  for (const [name, value] of lines) if (/[\r\n]/.test(value)) throw new Error(`a header with a line break: ${name}`);
  return `GET ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
}
