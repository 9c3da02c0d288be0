import { expect, test } from "bun:test";
import { type HistoryLine, lineWords } from "./history-line.ts";

const DAY = 86_400_000;
const AT = Date.UTC(2026, 0, 1);
const crash: HistoryLine = {
  ...{ id: 1, kind: "transition", supervisor: "lid001", uid: "lid001:PLC:a", group: "PLC", name: "a", at: AT },
  ...{ from_state: "RUNNING", to_state: "EXITED", expected: false, pid: 7, spawnerr: null, evidence: null },
};

test("of an end that was long ago the page says that how it ended is no longer kept", () => {
  expect(lineWords(crash, AT + 59 * DAY)).toBe("");
  expect(lineWords(crash, AT + 61 * DAY)).toBe("how it ended is kept for 60 days");
});

test.each([
  ["an end that was expected", { expected: true }],
  ["a start", { to_state: "STARTING", expected: null }],
])("… but not of %s, of which there never was more to say", (_, more) => {
  expect(lineWords({ ...crash, ...more }, AT + 61 * DAY)).toBe("");
});

test("a spawn error is kept with the transition, and says enough", () => {
  const line = { ...crash, to_state: "FATAL", expected: null, spawnerr: "can't find command '/bin/x'" };
  expect(lineWords(line, AT + 61 * DAY)).toBe("can't find command '/bin/x'");
});
