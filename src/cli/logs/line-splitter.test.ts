import { expect, test } from "bun:test";
import fc from "fast-check";
import { createLineSplitter } from "./line-splitter.ts";

test("lines come out whole, wherever the bytes were cut", () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", ""));
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 1, max: 7 }), (lines, step) => {
      const bytes = Buffer.from(lines.map((one) => `${one}\n`).join(""));
      const splitter = createLineSplitter();
      const found: string[] = [];
      for (let i = 0; i < bytes.length; i += step) found.push(...splitter.push(bytes.subarray(i, i + step)));
      expect([...found, ...splitter.rest()]).toEqual(lines);
    }),
  );
});

test("the rest without a line break comes at the end", () => {
  const splitter = createLineSplitter();
  expect(splitter.push(Buffer.from("a\nb"))).toEqual(["a"]);
  expect(splitter.rest()).toEqual(["b"]);
});
