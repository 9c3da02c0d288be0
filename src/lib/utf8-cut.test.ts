import { expect, test } from "bun:test";
import { cutCharLength, wholeCharsLength } from "./utf8-cut.ts";

const text = "aé✓😀z\n";
const bytes = Buffer.from(text);

test("text cut at any byte falls into two parts that can each be read", () => {
  for (let cut = 0; cut <= bytes.length; cut++) {
    const whole = wholeCharsLength(bytes.subarray(0, cut));
    const read = (part: Uint8Array) => new TextDecoder("utf-8", { fatal: true }).decode(part);
    expect(read(bytes.subarray(0, whole)) + read(bytes.subarray(whole))).toBe(text);
    const rest = cut + cutCharLength(bytes.subarray(cut));
    expect(text.endsWith(read(bytes.subarray(rest)))).toBeTrue();
  }
});

test("what is no UTF-8 is held back by no more than three bytes, and never for ever", () => {
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const junk = new Uint8Array(8).fill(byte);
    expect(wholeCharsLength(junk)).toBeGreaterThan(4);
    expect(wholeCharsLength(Buffer.concat([junk, Buffer.from("abc")]))).toBe(11);
  }
  expect(cutCharLength(new Uint8Array(8).fill(0x80))).toBe(0);
});
