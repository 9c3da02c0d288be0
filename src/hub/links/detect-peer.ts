import { connect } from "node:net";
import { MultivisorError } from "../../domain/errors.ts";
import { SPEAKS_TLS, speaksTls } from "./agent-tls.ts";

/** What may be behind `host:port`. */
export type PeerKind = "agent" | "zerorpc";

const TIMEOUT_MS = 3_000;
/**
 * A ZeroMQ server greets at once; one that says nothing by then waits to be asked. One that was only late greets all the
 * same, and drops the question as no peer of its own.
 */
const LISTEN_MS = 50;

const TLS_ALERT = 0x15;
const CLOSED = "the host closed the connection before it said anything";

const QUESTION = "GET / HTTP/1.1\r\nHost: agent\r\nConnection: close\r\n\r\n";

/** @param first the first bytes that a peer sends */
function kindOf(first: Uint8Array): PeerKind {
  if (first[0] === 0xff) return "zerorpc";
  if (first[0] === "H".charCodeAt(0)) return "agent"; // "HTTP/1.1 …"
  if (first[0] === TLS_ALERT) throw new MultivisorError("BAD_WIRE", SPEAKS_TLS);
  throw new MultivisorError("BAD_WIRE", "what answers there is no agent, neither of multivisor 7 nor of multivisor 6");
}

/**
 * Connects and listens; asks like a browser where it hears nothing. By node:net, because an attempt of Bun.connect cannot be
 * called off. @throws why nobody can be reached
 */
export function detectPeer(address: { readonly hostname: string; readonly port: number }): Promise<PeerKind> {
  const kind = Promise.withResolvers<PeerKind>();
  const fail = (error: Error) => kind.reject(error);
  const late = () => fail(new MultivisorError("TIMEOUT", `no answer within ${TIMEOUT_MS / 1_000} s`));
  const timers = [setTimeout(late, TIMEOUT_MS)];
  const socket = connect({ host: address.hostname, port: address.port }, () =>
    timers.push(setTimeout(() => socket.write(QUESTION), LISTEN_MS)),
  );
  socket.on("data", (bytes) => {
    try {
      kind.resolve(kindOf(bytes as Uint8Array));
    } catch (error) {
      fail(error as Error);
    }
  });
  const onClose = () =>
    void speaksTls(address, TIMEOUT_MS).then((isTls) =>
      fail(new MultivisorError("BAD_WIRE", isTls ? SPEAKS_TLS : CLOSED)),
    );
  socket.on("close", onClose);
  socket.on("error", fail);
  return kind.promise.finally(() => {
    for (const timer of timers) clearTimeout(timer);
    socket.off("close", onClose);
    socket.destroy();
  });
}
