import { expect, test } from "bun:test";
import { createActionLog } from "./action-log.ts";

const about = { what: "stop", user: "ann", targets: ["*"] } as const;
const result = (uid: string) => ({ uid, ok: true, state: "STOPPED" }) as const;

test("an action is running, then done, and both are told", async () => {
  const log = createActionLog(() => 5);
  const told: (number | null)[] = [];
  log.subscribe(({ finishedMs }) => told.push(finishedMs));
  const { promise, resolve } = Promise.withResolvers<void>();
  const { id, done } = log.start(about, async () => {
    await promise;
    return [result("a:b:c")];
  });
  expect([log.get(id)?.finishedMs, log.running()]).toEqual([null, 1]);
  resolve();
  await done;
  expect(log.get(id)).toMatchObject({ finishedMs: 5, results: [{ uid: "a:b:c" }], error: null });
  expect([told, log.running()]).toEqual([[null, 5], 0]);
});

test("what could not be done at all says why", async () => {
  const log = createActionLog(() => 5);
  const { id, done } = log.start(about, () => Promise.reject(new Error("no")));
  expect(await done.catch(String)).toContain("no");
  expect(log.get(id)).toMatchObject({ finishedMs: 5, error: "FAILED: no" });
});

test("the oldest are forgotten, by their number and by what they hold", async () => {
  const log = createActionLog(() => 5);
  const begin = (count: number) => log.start(about, async () => Array.from({ length: count }, () => result("a:b:c")));
  const first = begin(1);
  for (let i = 0; i < 1_000; i++) await begin(1).done;
  expect(log.get(first.id)).toBeNull();
  const wide = begin(60_000);
  await wide.done;
  await begin(60_000).done;
  expect(log.get(wide.id)).toBeNull();
});

test("of ten thousand names some are kept", () => {
  const log = createActionLog(() => 5);
  const targets = Array.from({ length: 10_000 }, () => "x".repeat(1_000));
  const { id } = log.start({ ...about, targets }, async () => []);
  expect(JSON.stringify(log.get(id)).length).toBeLessThan(30_000);
});
