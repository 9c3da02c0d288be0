import { describe, expect, test } from "bun:test";
import { join } from "./join.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

describe("join", () => {
  test("what comes in one turn is one piece of work, done at its end", async () => {
    let acts = 0;
    const tell = join(() => acts++);
    for (let i = 0; i < 1_000; i++) tell();
    expect(acts).toBe(0);
    await Promise.resolve();
    expect(acts).toBe(1);
  });
  test("single things are done at once, one by one", async () => {
    let acts = 0;
    const tell = join(() => acts++, { calm: 20, joinMs: () => 60_000 });
    for (let i = 0; i < 20; i++) {
      tell();
      await Promise.resolve();
    }
    expect(acts).toBe(20);
  });
  test("after many, what follows is done together, and all of it", async () => {
    const done: number[] = [];
    let told = 0;
    const tell = join(() => void done.push(told), { calm: 3, joinMs: () => 20 });
    for (let i = 0; i < 50; i++) {
      told++;
      tell();
      await turn();
    }
    while (done.at(-1) !== 50) await turn();
    expect(done.length).toBeLessThan(50);
    expect(done.slice(0, 3)).toEqual([1, 2, 3]);
  });
});
