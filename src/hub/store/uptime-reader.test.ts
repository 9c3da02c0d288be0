import { expect, test } from "bun:test";
import { entry, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";

const { open } = temporaryStore();
const MINUTE = 60_000;

test("a process that went through more than can be looked at one by one has a timeline all the same", () => {
  const store = open({ now: () => NOW + 1_000 * MINUTE });
  const crashing = Array.from({ length: 20_001 }, (_, i) =>
    i % 2 === 0
      ? entry(i + 1, { atMs: NOW + i * 1_000, toState: "RUNNING" })
      : entry(i + 1, { atMs: NOW + i * 1_000, fromState: "RUNNING", toState: "EXITED", expected: false }),
  );
  store.append("lid001", "e", crashing);
  store.flush();
  const asked = { uid: "lid001:PLC:wcid00a", fromMs: NOW - 100 * MINUTE, toMs: NOW + 1_000 * MINUTE, width: 110 };
  const intervals = store.timeline(asked)?.intervals ?? [];
  expect(intervals[0]?.fromMs).toBe(asked.fromMs);
  for (const [i, { toMs }] of intervals.entries()) expect(toMs).toBe(intervals[i + 1]?.fromMs ?? asked.toMs);
  expect(intervals.map(({ kind }) => kind)).toEqual(["unknown", "down", "up"]);
});
