import { describe, expect, test } from "bun:test";
import { type SearchRequest, searchBackwards } from "./search-lines.ts";

function search(text: string, request: Partial<SearchRequest>) {
  const bytes = Buffer.from(text);
  const size = bytes.length;
  const all = {
    q: "",
    regex: false,
    caseSensitive: true,
    before: 0,
    after: 0,
    limit: 100,
    until: size,
    size,
    ...request,
  };
  const lines = [...searchBackwards(all, (at, length) => Uint8Array.from(bytes.subarray(at, at + length)))];
  return {
    found: lines.flatMap((line) => (line.kind === "match" ? [line] : [])).reverse(),
    from: lines.flatMap((line) => (line.kind === "searched" ? [line.from] : [])).at(-1),
  };
}

const long = Array.from({ length: 40_000 }, (_, i) => `line ${i} of the log ✓`).join("\n");

describe("searching a log backwards", () => {
  test("finds every line that grep finds, at its place, over the edges of what is read at once", () => {
    const { found, from } = search(long, { q: "7 of", limit: 10_000 });
    const lines = long.split("\n");
    expect(found.map(({ line }) => line)).toEqual(lines.filter((line) => line.includes("7 of")));
    const bytes = Buffer.from(long);
    for (const { offset, line } of found)
      expect(bytes.subarray(offset, offset + Buffer.byteLength(line)).toString()).toBe(line);
    expect(from).toBe(0);
  });

  test("finds the same by pattern, and without regard to case", () => {
    const literal = search(long, { q: "99 of" }).found;
    expect(search(long, { q: "9{2} of", regex: true }).found).toEqual(literal);
    expect(search(long, { q: "99 OF", caseSensitive: false }).found).toEqual(literal);
    expect(search(long, { q: ".9 of" }).found).toEqual([]);
  });

  test("ends at the limit, and goes on from there without a line twice or left out", () => {
    const seen: string[] = [];
    for (let until = Buffer.byteLength(long); until > 0; ) {
      const { found, from = 0 } = search(long, { q: "0 of", limit: 300, until });
      seen.unshift(...found.map(({ line }) => line));
      until = from;
    }
    expect(seen).toEqual(long.split("\n").filter((line) => line.includes("0 of")));
  });

  test("gives the lines around, as many as there are", () => {
    const [match] = search("a\nb\nc\nd\ne\n", { q: "b", before: 3, after: 2 }).found;
    expect(match).toMatchObject({ before: ["a"], after: ["c", "d"] });
    expect(search("a\nb", { q: "b", before: 1, after: 2 }).found).toMatchObject([{ before: ["a"], after: [] }]);
  });

  test("searches a line without end in parts, and shows its beginning", () => {
    const { found, from } = search(`${"x".repeat(1_000_000)}needle`, { q: "needle" });
    expect(found).toHaveLength(1);
    expect(found[0]?.line.length).toBeLessThanOrEqual(8_192);
    expect(from).toBe(0);
  });

  test("says what is no pattern", () => {
    expect(() => search("a", { q: "(", regex: true })).toThrow();
  });
});
