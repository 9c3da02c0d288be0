import { describe, expect, test } from "bun:test";
import type { LogBytes } from "./log-bytes.ts";
import { readPage } from "./log-page.ts";

/** A log of this text. */
const logOf = (text: string): LogBytes => {
  const bytes = Buffer.from(text);
  return {
    source: "file",
    size: bytes.length,
    readAt: async (position, length) => bytes.subarray(position, position + length),
    cursorAt: (position) => `f:${position}`,
    positionOf: (cursor) => (cursor.startsWith("f:") ? Number(cursor.slice(2)) : null),
    etag: '"x"',
    files: [],
    close: async () => {},
  };
};

const page = async (log: LogBytes, at: string, unit: "bytes" | "lines", count: number, max = 1_000) => {
  const { bytes, ...head } = await readPage(log, { at, unit, count }, max);
  return { ...head, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
};

describe("a page of a log", () => {
  const log = logOf("one\ntwo\nthree\nfour\n");

  test("of the last lines, and on backwards to the beginning", async () => {
    const last = await page(log, "end", "lines", -2);
    expect(last).toMatchObject({ text: "three\nfour\n", offset: 8, end: 19, size: 19, next: "f:19" });
    const before = await page(log, last.previous ?? "", "lines", -2);
    expect(before).toMatchObject({ text: "one\ntwo\n", offset: 0, end: 8, previous: null });
  });

  test("forwards from a place", async () => {
    expect(await page(log, "4", "lines", 2)).toMatchObject({ text: "two\nthree\n", offset: 4, next: "f:14" });
    expect(await page(log, "f:14", "lines", 5)).toMatchObject({ text: "four\n", end: 19 });
    expect(await page(log, "-5", "bytes", 3)).toMatchObject({ text: "fou" });
    expect(await page(log, "end", "bytes", 10)).toMatchObject({ text: "", offset: 19, end: 19 });
  });

  test("counts a last line that has no end yet", async () => {
    expect(await page(logOf("a\nb\nc"), "end", "lines", -2)).toMatchObject({ text: "b\nc" });
    expect(await page(logOf("\n\n\n"), "end", "lines", -2)).toMatchObject({ text: "\n\n" });
    expect(await page(logOf(""), "end", "lines", -2)).toMatchObject({ text: "", previous: null });
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])("of %d bytes cuts no character, there and back", async (size) => {
    const text = "aé✓😀zß✓✓😀\n";
    const odd = logOf(text);
    let forwards = "";
    for (let at = "0"; ; ) {
      const one = await readPage(odd, { at, unit: "bytes", count: Math.max(4, size) }, 1_000);
      forwards += new TextDecoder("utf-8", { fatal: true }).decode(one.bytes);
      if (one.end === one.size) break;
      at = one.next;
    }
    let backwards = "";
    for (let at: string | null = "end"; at !== null; ) {
      const one = await readPage(odd, { at, unit: "bytes", count: -Math.max(4, size) }, 1_000);
      backwards = new TextDecoder("utf-8", { fatal: true }).decode(one.bytes) + backwards;
      at = one.previous;
    }
    expect([forwards, backwards]).toEqual([text, text]);
  });

  test("goes on where nothing is UTF-8 at all", async () => {
    const bytes = new Uint8Array(50).fill(0x80);
    const junk = { ...logOf("x".repeat(50)), readAt: async (at: number, n: number) => bytes.subarray(at, at + n) };
    let sum = 0;
    for (let at: string | null = "end"; at !== null; ) {
      const one = await readPage(junk, { at, unit: "bytes", count: -7 }, 1_000);
      sum += one.bytes.length;
      at = one.previous;
    }
    expect(sum).toBe(50);
  });

  test("has an end however it is asked for", async () => {
    const long = logOf("x".repeat(5_000));
    expect((await page(long, "end", "lines", -1, 100)).text).toHaveLength(100);
    expect((await page(long, "0", "bytes", 4_000, 100)).text).toHaveLength(100);
  });

  test("is not read from a place that is gone, or that is none", async () => {
    expect(page(log, "g:1", "bytes", 1)).rejects.toMatchObject({ code: "NO_LOG" });
    expect(page(log, "/etc/passwd", "bytes", 1)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
