import { describe, expect, test } from "bun:test";
import { cutToWidth, endOfWidth, fit, fitMiddle, padTo, widthOf } from "./width.ts";

describe("columns of a terminal", () => {
  test("wide characters take two, joined ones are one", () => {
    expect([widthOf("abc"), widthOf("日本"), widthOf("e\u0301"), widthOf("👩‍👩‍👧")]).toEqual([3, 4, 1, 2]);
    expect(padTo("日本", 6)).toBe("日本  ");
  });

  test("no character is cut in two", () => {
    expect([cutToWidth("日本x", 3), endOfWidth("x日本", 3)]).toEqual(["日", "本"]);
    expect([fit("abcdef", 4), fit("日本語", 5), fit("abc", 3), fit("abc", null)]).toEqual([
      "abc…",
      "日本…",
      "abc",
      "abc",
    ]);
  });

  test("names are cut in the middle", () => {
    expect(fitMiddle("lid001:PLC:wcid00a", 12)).toBe("lid…:wcid00a");
    expect(fitMiddle("short", 12)).toBe("short");
  });
});
