import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { quoted, splitLine } from "./split-words.ts";

const wordsOf = (line: string) => splitLine(line).stages.map((stage) => stage.map(({ text }) => text));

describe("a line at the prompt", () => {
  test.each([
    ["status a  b", [["status", "a", "b"]]],
    ["  ", [[]]],
    ["a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]],
    [`'it'\\''s' "a \\" b" ""`, [["it's", 'a " b', ""]]],
    ["status|grep 'a|b' | less", [["status"], ["grep", "a|b"], ["less"]]],
    ["a\\|b", [["a|b"]]],
    ["a |", [["a"], []]],
  ])("%s", (line, words) => {
    expect(wordsOf(line)).toEqual(words);
  });

  test.each([
    ["status 'a", "'"],
    ['status "a', '"'],
    ["status 'a'", null],
  ])("%s: the quote that is open", (line, open) => {
    expect(splitLine(line).open).toBe(open);
  });

  test("what is quoted comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary", maxLength: 12 }), { maxLength: 5 }), (words) => {
        expect(wordsOf(words.map(quoted).join(" "))).toEqual([words]);
      }),
    );
  }, 60_000);
});
