import { describe, expect, test } from "bun:test";
import { missingBefore } from "./missing-before.ts";

describe("what is missing is never passed over in silence", () => {
  test.each([
    ["the next entry", 5, 4, true, null],
    ["an entry after forgotten ones", 6, 4, true, "journal_expired"],
    ["the first that the hub ever reads, however late", 700, 0, false, null],
    ["the first of a journal that replaced another", 1, 0, true, "journal_replaced"],
  ] as const)("%s", (_, seq, lastSeq, hadAnother, reason) => {
    expect(missingBefore(seq, lastSeq, hadAnother)).toBe(reason);
  });
});
