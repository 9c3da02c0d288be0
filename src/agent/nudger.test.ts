import { describe, expect, test } from "bun:test";
import { transition } from "../../test/fixtures.ts";
import { createNudger } from "./nudger.ts";

/** A nudger whose time is passed by hand. */
function nudger() {
  const asleep: { readonly ms: number; readonly signal: AbortSignal; readonly wake: () => void }[] = [];
  let asked = 0;
  const { onTransition } = createNudger({
    rpc: async () => ++asked,
    signal: new AbortController().signal,
    sleep: (ms, signal) => new Promise((wake) => asleep.push({ ms, signal, wake })),
  });
  return {
    onTransition,
    asked: () => asked,
    /** Everyone who sleeps wakes, and does what there is to do. @returns how long they were to sleep, in ms */
    async pass(): Promise<number[]> {
      const woken = asleep.splice(0);
      for (const { wake } of woken) wake();
      await new Promise((resolve) => setImmediate(resolve));
      return woken.filter(({ signal }) => !signal.aborted).map(({ ms }) => Math.round(ms));
    },
  };
}

describe("supervisord is woken", () => {
  test("while a process is STOPPING, ever more rarely, until it has ended", async () => {
    const n = nudger();
    n.onTransition(transition("STOPPING"));
    expect([await n.pass(), await n.pass(), await n.pass()]).toEqual([[2], [4], [8]]);
    n.onTransition(transition("STOPPED", { fromState: "STOPPING" }));
    expect([await n.pass(), n.asked()]).toEqual([[], 3]);
  });
  test("nine times at most, because then it wakes by itself", async () => {
    const n = nudger();
    n.onTransition(transition("STOPPING"));
    for (let i = 0; i < 20; i++) await n.pass();
    expect(n.asked()).toBe(9);
  });
  test("soon again for a second process, and for the first when the second has ended", async () => {
    const n = nudger();
    n.onTransition(transition("STOPPING"));
    for (let i = 0; i < 20; i++) await n.pass();
    n.onTransition(transition("STOPPING", { name: "wcid00b" }));
    expect(await n.pass()).toEqual([2]);
    n.onTransition(transition("STOPPED", { name: "wcid00b" }));
    expect(await n.pass()).toEqual([4]);
  });
  test("by no other transition", async () => {
    const n = nudger();
    n.onTransition(transition("EXITED"));
    expect([await n.pass(), n.asked()]).toEqual([[], 0]);
  });
});
