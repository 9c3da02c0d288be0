import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createAnsi } from "./ansi.ts";

describe("colours of a log", () => {
  test("become classes, and go on over pieces until they are reset", () => {
    const read = createAnsi();
    expect(read("a \x1b[31mred")).toEqual([
      { text: "a ", classes: "" },
      { text: "red", classes: "ansi-red" },
    ]);
    expect(read("still")).toEqual([{ text: "still", classes: "ansi-red" }]);
    expect(read("\x1b[0mplain \x1b[1;32mgood")).toEqual([
      { text: "plain ", classes: "" },
      { text: "good", classes: "ansi-green ansi-bold" },
    ]);
  });

  test("parameters of true colours are no codes of their own", () => {
    expect(createAnsi()("\x1b[38;2;31;1;2mx")).toEqual([{ text: "x", classes: "" }]);
  });

  test("what moves the cursor, sets a title or rings is left out", () => {
    expect(createAnsi()("\x1b[2J\x1b]0;title\x07a\x07b\x1b[1Ac\n")).toEqual([{ text: "abc\n", classes: "" }]);
  });

  test("markup stays text", () => {
    expect(createAnsi()("<script>\x1b[31m</script>")).toEqual([
      { text: "<script>", classes: "" },
      { text: "</script>", classes: "ansi-red" },
    ]);
  });

  test("any bytes: what is shown was there, in order, without a control character", () => {
    const codes = fc.constantFrom("\x1b[", "\x1b]0;", "31m", "38;5;", "m", "\x07", "\x1b\\", "\n", "\t", "<b>");
    fc.assert(
      fc.property(fc.array(fc.oneof(codes, fc.string({ unit: "binary", maxLength: 20 }))), (pieces) => {
        const given = pieces.join("");
        let at = 0;
        for (const { text, classes } of createAnsi()(given)) {
          expect(text).not.toMatch(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/);
          expect(classes).toMatch(/^[a-z -]*$/);
          for (const character of text) {
            at = given.indexOf(character, at) + 1;
            expect(at).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});
