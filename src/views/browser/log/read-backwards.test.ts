import { expect, test } from "bun:test";
import { shownFrom, takeOlder } from "./read-backwards.ts";
import type { Source } from "./sources.ts";

const source = (): Source => ({
  ...{ index: 0, uid: "h:g:p", channel: "out", colour: 0, label: null },
  ...{ next: null, previous: null, head: "", rest: "" },
});

test("what is read backwards in pieces is shown line by line, each once and whole", () => {
  const one = source();
  expect(takeOlder(one, { text: "d\r\nthird\nfou", previous: "f:9" })).toBe("third\nfou");
  expect(shownFrom(one)).toBe("f:12");
  expect(takeOlder(one, { text: "rst\nsecon", previous: "f:1" })).toBe("second\n");
  expect(takeOlder(one, { text: "fi", previous: null })).toBe("first\n");
  expect(shownFrom(one)).toBeNull();
});

test("a line that is longer than what is read at once is shown as it comes", () => {
  const one = source();
  expect(takeOlder(one, { text: "xxxx", previous: "f:8" })).toBe("xxxx");
  expect(takeOlder(one, { text: "yyyy", previous: "f:4" })).toBe("yyyy");
  expect(shownFrom(one)).toBe("f:4");
});

test("the place of what is shown counts bytes", () => {
  const one = source();
  takeOlder(one, { text: "é\nx\n", previous: "f:a:10" });
  expect(shownFrom(one)).toBe("f:a:13");
});
