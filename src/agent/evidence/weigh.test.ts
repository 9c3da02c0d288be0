import { expect, test } from "bun:test";
import { transition } from "../../../test/fixtures.ts";
import type { Tails } from "./log-tails.ts";
import { evidenceOf } from "./weigh.ts";

const tailsOf = (text: string): Tails => ({ stderr: { text, takenMs: 1, writtenMs: 1 }, stdout: null });
const DENIED: Tails = { stderr: "denied", stdout: "denied" };
const linesOf = (...tails: readonly Tails[]) =>
  evidenceOf({
    ...{ of: transition("EXITED"), end: null, isLogRead: true, isLast: true, info: null, rssBytes: 1 },
    ...{ tails, isSure: ({ text }) => !text.startsWith("next") },
  })?.stderrTail;

test.each([
  ["those that were read when the log told of it", [tailsOf("a"), tailsOf("b")], "a"],
  [
    "those that were read when its event came, where the next run may have written to the first",
    [tailsOf("next"), tailsOf("b")],
    "b",
  ],
  ["what supervisord gave, where the files may not be read", [DENIED, tailsOf("b")], "b"],
  ["not known, where the next run may have written to all", [tailsOf("next"), tailsOf("next too")], null],
  ["not known, where nothing could be read", [DENIED], null],
])("the last lines of a process are %s", (_, tails, expected) => {
  expect(linesOf(...tails)).toBe(expected);
});
