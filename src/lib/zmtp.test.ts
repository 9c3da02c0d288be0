import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { encodeCommand, encodeProperties, parseProperties } from "./zmtp-commands.ts";
import { createFrameReader, encodeFrame, greeting, type ZmtpFrame } from "./zmtp-frames.ts";
import { createZmtpReceiver } from "./zmtp-receiver.ts";

const LIMIT = 100_000;
const anyFrame = fc.record({
  more: fc.boolean(),
  command: fc.boolean(),
  body: fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(255, 256, 70_000).map((n) => new Uint8Array(n)),
  ),
});
const joined = (frames: readonly ZmtpFrame[]) =>
  new Uint8Array(Buffer.concat(frames.map(({ body, ...flags }) => encodeFrame(body, flags))));

function* pieces(bytes: Uint8Array, cuts: readonly number[]): Generator<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < places.length; i++) yield bytes.slice(places[i - 1], places[i]);
}

const ready = encodeFrame(encodeCommand("READY", encodeProperties({ "Socket-Type": "ROUTER", Identity: "" })), {
  command: true,
});

function receiver(maxMessageBytes = LIMIT) {
  const messages: number[][] = [];
  const sent: Uint8Array[] = [];
  let isReady = false;
  const { take } = createZmtpReceiver({
    peer: "ROUTER",
    maxMessageBytes,
    onReady: () => {
      isReady = true;
    },
    onMessage: (parts) => messages.push(parts.map((part) => part.length)),
    send: (bytes) => sent.push(bytes),
  });
  return { take, messages, sent, isReady: () => isReady };
}

describe("frames of ZeroMQ's protocol", () => {
  test("come out as they went in, wherever the network cuts them", () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 8 }), fc.array(fc.nat(), { maxLength: 12 }), (frames, cuts) => {
        const read = createFrameReader(LIMIT);
        const seen = [...pieces(joined(frames), cuts)].flatMap((piece) => read(piece));
        expect(seen).toEqual(frames);
      }),
    );
  });
  test("byte by byte as well", () => {
    const frames = [
      { more: true, command: false, body: new Uint8Array(0) },
      { more: false, command: false, body: new Uint8Array(300).fill(7) },
    ];
    const read = createFrameReader(LIMIT);
    expect([...joined(frames)].flatMap((byte) => read(new Uint8Array([byte])))).toEqual(frames);
  });
  test("whatever arrives, it is read or refused, and never more is kept than the limit", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => {
        const { take } = receiver(1_000);
        try {
          take(greeting());
          for (const chunk of chunks) take(chunk);
        } catch (error) {
          expect(error).toHaveProperty("name", "ZmtpError");
        }
      }),
    );
  });
  test("a frame that announces more than the limit is refused before it is gathered", () => {
    const head = new Uint8Array([2, 0xff, 0, 0, 0, 0, 0, 0, 0]);
    expect(() => createFrameReader(LIMIT)(head)).toThrow("above 100000");
  });
});

describe("the handshake with an agent of Multivisor 6", () => {
  test("is the one that libzmq makes, to the byte", () => {
    const hex = Buffer.from(greeting()).toString("hex");
    expect(hex).toBe(`ff00000000000000017f0301${"4e554c4c".padEnd(40, "0")}00${"00".repeat(31)}`);
    expect(ready.subarray(0, 2)).toEqual(new Uint8Array([4, 41]));
  });
  test("cut anywhere, messages follow it", () => {
    const all = new Uint8Array(
      Buffer.concat([
        greeting(),
        ready,
        encodeFrame(new Uint8Array(0), { more: true }),
        encodeFrame(new Uint8Array(9)),
      ]),
    );
    for (let cut = 1; cut < all.length; cut++) {
      const { take, messages } = receiver();
      take(all.slice(0, cut));
      take(all.slice(cut));
      expect(messages).toEqual([[0, 9]]);
    }
  });
  test.each<[string, Uint8Array, string]>([
    ["a web server", new TextEncoder().encode("HTTP/1.1 400 Bad Request"), "does not speak ZeroMQ"],
    ["a peer that wants encryption", greeting().fill(0x43, 12, 17), "security mechanism"],
    ["an ancient libzmq", greeting().fill(1, 10, 11), "version 1"],
  ])("%s is refused in words", (_, bytes, reason) => {
    expect(() => receiver().take(bytes)).toThrow(reason);
  });
  test("a socket of another type is refused, and a PING is answered", () => {
    const pull = encodeFrame(encodeCommand("READY", encodeProperties({ "Socket-Type": "PULL" })), { command: true });
    const other = receiver();
    other.take(greeting());
    expect(() => other.take(pull)).toThrow("the peer is a PULL socket");
    const { take, sent, isReady } = receiver();
    take(greeting());
    take(ready);
    take(encodeFrame(encodeCommand("PING", new Uint8Array([0, 10, 1, 2, 3])), { command: true }));
    expect(isReady()).toBe(true);
    expect(sent).toEqual([encodeFrame(encodeCommand("PONG", new Uint8Array([1, 2, 3])), { command: true })]);
  });
  test("properties are read whatever their names' case, and those cut short are refused", () => {
    const data = encodeProperties({ "Socket-TYPE": "ROUTER", Identity: "" });
    expect([...parseProperties(data)]).toEqual([
      ["socket-type", "ROUTER"],
      ["identity", ""],
    ]);
    expect(() => parseProperties(data.subarray(0, data.length - 1))).toThrow("too early");
  });
});
