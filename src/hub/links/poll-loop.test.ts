import { expect, test } from "bun:test";
import { waitFor } from "../../../test/support/wait-for.ts";
import { createPollLoop } from "./poll-loop.ts";

const LONG = 60_000;

/** A loop whose looks end when they are told to. */
function loop(waitMs = LONG) {
  const looks: (PromiseWithResolvers<void> & { readonly failures: number })[] = [];
  const failed: [string, number][] = [];
  const { run, wake } = createPollLoop({
    look(failures) {
      const one = { ...Promise.withResolvers<void>(), failures };
      looks.push(one);
      return one.promise;
    },
    waitMs: () => waitMs,
    onFailed(error, failures) {
      failed.push([String(error), failures]);
      return 0;
    },
  });
  const end = new AbortController();
  const running = run(end.signal);
  const begun = (n: number) => waitFor(`look ${n}`, () => looks[n - 1]);
  return { looks, failed, wake, running, begun, end: () => end.abort() };
}

test("failures in a row are counted, and begin anew after a look that succeeds", async () => {
  const { looks, failed, begun, end, running } = loop(0);
  (await begun(1)).reject("a");
  (await begun(2)).reject("b");
  (await begun(3)).resolve();
  (await begun(4)).reject("c");
  await begun(5);
  expect(looks.map(({ failures }) => failures)).toEqual([0, 1, 2, 0, 1]);
  expect(failed).toEqual([
    ["a", 1],
    ["b", 2],
    ["c", 1],
  ]);
  end();
  await running;
});

test("whoever wakes it has a look at once, or right after the one that is under way; never two at a time", async () => {
  const { looks, wake, begun, end, running } = loop();
  const first = await begun(1);
  wake();
  await Bun.sleep(0);
  expect(looks).toHaveLength(1);
  first.resolve();
  (await begun(2)).resolve();
  await Bun.sleep(0);
  expect(looks).toHaveLength(2);
  wake();
  await begun(3);
  end();
  await running;
});

test("it ends at once, also during a look that never ends, and then is told of nothing", async () => {
  const { failed, looks, begun, end, running } = loop();
  await begun(1);
  end();
  await running;
  looks[0]?.reject("late");
  await Bun.sleep(0);
  expect(failed).toEqual([]);
});
