import { describe, expect, test } from "bun:test";
import { lastLines, MAX_TAIL_BYTES } from "./last-lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const numbered = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join("");

describe("the last lines of a log", () => {
  test("are all of a short one", () => {
    expect(lastLines(bytes("one\ntwo"), true)).toBe("one\ntwo");
    expect(lastLines(bytes(""), true)).toBe("");
  });
  test("are 50, whether the last one is finished or not", () => {
    expect(lastLines(bytes(numbered(1, 80)), true)).toBe(numbered(31, 80));
    expect(lastLines(bytes(`${numbered(1, 80)}half`), true)).toBe(`${numbered(32, 80)}half`);
  });
  test("are 16 KiB at most, and never begin with half a character", () => {
    const tail = lastLines(bytes("✓".repeat(10_000)), true);
    expect(bytes(tail).length).toBeLessThanOrEqual(MAX_TAIL_BYTES);
    expect(/^✓+$/.test(tail)).toBe(true);
    expect(lastLines(bytes("✓ok").subarray(1), false)).toBe("ok");
  });
  test("keep control characters, and replace what is no UTF-8", () => {
    expect(lastLines(bytes("\u0000\u001b[31mred\r\n"), true)).toBe("\u0000\u001b[31mred\r\n");
    expect(lastLines(new Uint8Array([0x41, 0xe9, 0x42]), true)).toBe("A\ufffdB");
    expect(lastLines(new Uint8Array([0x80, 0x42]), true)).toBe("\ufffdB");
  });
});
