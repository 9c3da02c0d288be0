import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createEventReader } from "./event-reader.ts";

const encoder = new TextEncoder();
const codePoints = (text: string) => [...text].length;
const frame = (payload: string, serial: number) =>
  `ver:3.0 server:host: with spaces serial:${serial} pool:multivisor poolserial:${serial} eventname:REMOTE_COMMUNICATION len:${codePoints(payload)}\n${payload}`;

/** Whole characters only: supervisord cannot write halves of surrogate pairs. */
const payloads = fc.array(fc.string({ unit: "binary" }).map((text) => text.toWellFormed()));

describe("events on stdin", () => {
  test("any text arrives as it was, wherever the bytes are cut", () => {
    fc.assert(
      fc.property(payloads, fc.infiniteStream(fc.integer({ min: 1, max: 9 })), (texts, cuts) => {
        const bytes = encoder.encode(texts.map(frame).join(""));
        const read = createEventReader();
        const got: string[] = [];
        for (let at = 0; at < bytes.length; ) {
          const end = at + (cuts.next().value ?? 1);
          got.push(...read(bytes.slice(at, end)).map((event) => event.payload));
          at = end;
        }
        expect(got).toEqual(texts);
      }),
      { numRuns: 300 },
    );
  });
  test("len counts code points: 25 announced are 29 bytes", () => {
    const payload = "type:mytype\nhéllo ✓ wörld";
    const read = createEventReader();
    const events = read(encoder.encode(frame(payload, 1) + frame("", 2)));
    expect(events.map((event) => [event.serial, event.length, event.payload])).toEqual([
      [1, 25, payload],
      [2, 0, ""],
    ]);
  });
  test("a header that is none is an error, not a guess", () => {
    expect(() => createEventReader()(encoder.encode("hello\n"))).toThrow('Cannot read the event header "hello"');
  });
  test("a line without end does not fill the memory", () => {
    const read = createEventReader();
    read(new Uint8Array(60_000).fill(65));
    expect(() => read(new Uint8Array(10_000).fill(65))).toThrow("above 65536 bytes");
  });
});
