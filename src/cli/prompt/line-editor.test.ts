import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Editor, EMPTY, edit, type Key } from "./line-editor.ts";

const HISTORY = ["status", "restart lid001:PLC:a", "stop lid001:PLC:b"];

/** Letters, or names of keys in angle brackets: `ab<left><C-k>`. */
function keysOf(text: string): Key[] {
  return [...text.matchAll(/<(C-|M-)?([a-z0-9]+)>|([\s\S])/g)].map(([, chord, name, letter]) =>
    letter === undefined
      ? {
          ...(name && { name: name.replace(/^paste/, "paste-") }),
          ctrl: chord === "C-",
          meta: chord === "M-",
          sequence: "\x1b",
        }
      : { sequence: letter },
  );
}

const type = (text: string, from: Editor = EMPTY): Editor =>
  keysOf(text).reduce((editor, key) => edit(editor, key, HISTORY).editor, from);

/** The line with | where the cursor is. */
const shown = ({ text, cursor }: Editor): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`;

describe("keys of the prompt", () => {
  test.each([
    ["abc<left><left>x", "ax|bc"],
    ["abc<home>x", "x|abc"],
    ["abc<C-a><C-e>x", "abcx|"],
    ["abc<backspace>", "ab|"],
    ["abc<home><delete>", "|bc"],
    ["stop lid001:PLC:a<C-w>", "stop lid001:PLC:|"],
    ["one two<C-u>", "|"],
    ["one two<C-u><C-y>!", "one two!|"],
    ["one two<M-b><C-k>", "one |"],
    ["one two<home><M-f>", "one| two"],
    ["a😀é<backspace><backspace>", "a|"],
    ["<up>", "stop lid001:PLC:b|"],
    ["a<pastestart>b<tab>c<return><return>d<return><pasteend>!", "ab c\nd!|"],
    ["<pastestart>one line<return><pasteend>", "one line|"],
    ["<C-r>stop<pastestart>x<pasteend>", "x|"],
    ["<up><up>", "restart lid001:PLC:a|"],
    ["draft<up><down>", "draft|"],
    ["<up><up><up><up><up>", "status|"],
    ["rest<right>", "restart lid001:PLC:a|"],
    ["rest<end>", "restart lid001:PLC:a|"],
    ["zzz<right>", "zzz|"],
    ["<C-r>PLC<escape>", "stop lid001:PLC:b|"],
    ["<C-r>PLC<C-r><escape>", "restart lid001:PLC:a|"],
    ["draft<C-r>PLC<C-c>", "draft|"],
    ["<C-r>PLX<backspace>C<home>x", "x|stop lid001:PLC:b"],
    ["ab<f9><escape>", "ab|"],
  ])("%s", (keys, line) => {
    expect(shown(type(keys))).toBe(line);
  });

  test("Enter in a search runs what was found", () => {
    const found = edit(type("<C-r>rest"), { name: "return" }, HISTORY);
    expect([found.wish, found.editor.text]).toEqual(["submit", "restart lid001:PLC:a"]);
  });

  test("Ctrl-D leaves an empty line alone", () => {
    expect(edit(EMPTY, { name: "d", ctrl: true }, []).wish).toBe("end");
    expect(edit(type("ab<left>"), { name: "d", ctrl: true }, []).wish).toBeNull();
  });

  test("the cursor is always within the line, and no control character ever in it", () => {
    const names = [
      "left",
      "right",
      "home",
      "end",
      "backspace",
      "delete",
      "up",
      "down",
      "r",
      "w",
      "u",
      "k",
      "y",
      "escape",
    ];
    const key = fc.record({
      name: fc.option(fc.constantFrom(...names), { nil: undefined }),
      sequence: fc.string({ unit: "binary", minLength: 0, maxLength: 3 }),
      ctrl: fc.boolean(),
      meta: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        let editor = EMPTY;
        for (const one of keys) editor = edit(editor, one, HISTORY).editor;
        expect(editor.cursor).toBeWithin(0, editor.text.length + 1);
        expect(editor.text).not.toMatch(/[\u0000-\u001f\u007f]/);
      }),
    );
  });
});
