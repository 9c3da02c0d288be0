import { expect, test } from "bun:test";
import { printable } from "./printable.ts";

test("escape sequences, line breaks and reversed writing are shown, not obeyed", () => {
  expect(printable("a\x1b[2Jb\nc\x9bd\u202ee")).toBe("a\\x1b[2Jb\\x0ac\\x9bd\\u202ee");
});

test("text of any language stays as it is", () => {
  expect(printable("grün ✓ 日本 🙂")).toBe("grün ✓ 日本 🙂");
});
