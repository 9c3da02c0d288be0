import { describe, expect, test } from "bun:test";
import { transition } from "../../../test/fixtures.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { missingBefore } from "./missing-before.ts";

const entry = (seq: number) => transition("EXITED", { seq });
const gap: JournalEntry = { kind: "gap", seq: 9, fromMs: 1, atMs: 2, reason: "agent_not_running", lost: null };

describe("what is missing is never passed over in silence", () => {
  test.each([
    ["the next entry", entry(5), 4, true, null],
    ["an entry after forgotten ones", entry(6), 4, true, "journal_expired"],
    ["the first that the hub ever reads, however late", entry(700), 0, false, null],
    ["the first of a journal that replaced another", entry(1), 0, true, "journal_replaced"],
    ["a gap, which says it itself", gap, 4, true, null],
    ["a gap at the beginning of another journal", gap, 0, true, null],
  ] as const)("%s", (_, one, lastSeq, hadAnother, reason) => {
    expect(missingBefore(one, lastSeq, hadAnother)).toBe(reason);
  });
});
