import { expect, setSystemTime, test } from "bun:test";
import { until } from "../../../test/support/temporary-store.ts";
import { OlderDatabase } from "./store-failure.ts";
import { createUpgrades } from "./upgrades.ts";

test("after an attempt that failed the next one waits, each time longer", async () => {
  const began: number[] = [];
  let failed = 0;
  const start = () => {
    began.push(performance.now());
    return { done: Promise.reject(new Error("the disk is full")), end: () => {} };
  };
  const upgrades = createUpgrades(start, { done: () => {}, failed: () => failed++ }, 20);
  const why = new OlderDatabase("older");
  expect(upgrades.begin(why)).toBe("first");
  await until(() => failed === 1);
  setSystemTime(Date.UTC(2099, 0, 1)); // it goes by no clock that can be set
  expect(upgrades.begin(why)).toBe("again");
  expect(began).toHaveLength(1);
  await until(() => upgrades.begin(why) === "again" && failed === 4);
  setSystemTime();
  const pauses = began.slice(1).map((ms, i) => ms - (began[i] ?? 0));
  for (const [i, least] of [20, 40, 80].entries()) expect(pauses[i]).toBeGreaterThanOrEqual(least);
});
