import { describe, expect, test } from "bun:test";
import { createServer, type Socket } from "node:net";
import fc from "fast-check";
import { answerReader } from "./http-answer.ts";
import { followHttp } from "./http-follow.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

function cut(text: string, at: readonly number[]): Uint8Array[] {
  const bytes = bytesOf(text);
  const places = [0, ...[...at].map((n) => n % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

function readAll(pieces: readonly Uint8Array[]) {
  let [status, body, over] = [0, "", false];
  const reader = answerReader({
    onHead: (told) => {
      status = told;
    },
    onBytes: (bytes) => {
      body += Buffer.from(bytes).toString();
    },
  });
  for (const piece of pieces) over = reader.push(piece);
  return { status, body, over, whole: reader.isWhole() };
}

const chunked = (parts: readonly string[]) =>
  `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: a:b\r\n\r\n${parts
    .filter((part) => part !== "")
    .map((part) => `${bytesOf(part).length.toString(16)};note=x\r\n${part}\r\n`)
    .join("")}`;

describe("an answer of HTTP/1.1", () => {
  test("in chunks comes out as it was, wherever the network cuts it", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme-ascii" })), fc.array(fc.nat()), (parts, places) => {
        expect(readAll(cut(`${chunked(parts)}0\r\n\r\n`, places))).toEqual({
          ...{ status: 200, body: parts.join(""), over: true, whole: true },
        });
      }),
    );
  });
  test("that breaks off in the middle is not whole", () => {
    expect(readAll([bytesOf(chunked(["abc"]))])).toEqual({ status: 200, body: "abc", over: false, whole: false });
  });
  test("with a length is over after so many bytes", () => {
    const text = "HTTP/1.1 401 No\r\ncontent-length: 3\r\n\r\nabcdef";
    expect(readAll([bytesOf(text)])).toEqual({ status: 401, body: "abc", over: true, whole: true });
  });
  test("without either goes on until the connection ends", () => {
    expect(readAll([bytesOf("HTTP/1.0 200 OK\r\n\r\nabc")])).toEqual({
      ...{ status: 200, body: "abc", over: false, whole: true },
    });
  });
  test("that is none is refused", () => {
    expect(() => readAll([bytesOf("SSH-2.0-OpenSSH\r\n\r\n")])).toThrow("does not speak HTTP");
    expect(() => readAll([bytesOf("x".repeat(20_000))])).toThrow("does not speak HTTP");
    expect(() => readAll([bytesOf(`${chunked([])}xyz\r\n`)])).toThrow("chunk size");
    expect(() => readAll([bytesOf(`${chunked([])}${"1".repeat(2_000)}`)])).toThrow("chunk size");
  });
});

describe("an answer that does not end", () => {
  async function server(onConnection: (socket: Socket) => void) {
    const listening = createServer(onConnection);
    await new Promise<void>((done) => listening.listen(0, "127.0.0.1", done));
    const { port } = listening.address() as { port: number };
    return { port, [Symbol.dispose]: () => void listening.close() };
  }
  const follow = (port: number, signal: AbortSignal, onBytes: (bytes: Uint8Array) => void = () => {}, ms = 60_000) =>
    followHttp(
      {
        ...{ address: { hostname: "127.0.0.1", port }, tls: null, path: "/x", headers: { "x-a": "b" }, signal },
        ...{ connectTimeoutMs: ms, headTimeoutMs: ms },
      },
      { onHead: () => {}, onBytes },
    );
  const never = new AbortController().signal;

  test("is asked for once, by name, and can be called off", async () => {
    let asked = "";
    const calledOff = new AbortController();
    using peer = await server((socket) => {
      socket.on("error", () => {});
      socket.on("data", (bytes) => {
        asked += bytes.toString();
        socket.write(chunked(["abc"]));
      });
    });
    const following = follow(peer.port, calledOff.signal, () => calledOff.abort(new Error("enough")));
    await expect(following).rejects.toThrow("enough");
    expect(asked).toBe(`GET /x HTTP/1.1\r\nhost: 127.0.0.1:${peer.port}\r\nconnection: close\r\nx-a: b\r\n\r\n`);
  });
  test("three hundred are followed at a time", async () => {
    let heard = 0;
    const all = Promise.withResolvers<void>();
    const calledOff = new AbortController();
    using peer = await server((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.write(chunked(["abc"])));
    });
    const one = () => follow(peer.port, calledOff.signal, () => ++heard === 300 && all.resolve());
    const following = Array.from({ length: 300 }, () => one().catch(all.reject));
    await all.promise;
    calledOff.abort();
    await Promise.all(following);
  });
  test("a peer that says nothing is left", async () => {
    using peer = await server((socket) => void socket.on("error", () => {}));
    await expect(follow(peer.port, never, () => {}, 100)).rejects.toThrow("no answer within");
  });
  test("a connection that is cut says so with the system's code", async () => {
    using peer = await server((socket) => socket.end(chunked(["abc"])));
    await expect(follow(peer.port, never)).rejects.toMatchObject({ code: "ECONNRESET" });
  });
  test("what the reader throws ends it", async () => {
    using peer = await server((socket) => void socket.write(chunked(["abc"])));
    const refuses = () => {
      throw new Error("not this");
    };
    await expect(follow(peer.port, never, refuses)).rejects.toThrow("not this");
  });
});
