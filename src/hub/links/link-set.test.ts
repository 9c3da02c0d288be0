import { expect, test } from "bun:test";
import type { Link } from "./link.ts";
import { createLinkSet } from "./link-set.ts";

function links() {
  const told: string[] = [];
  const set = createLinkSet<{ name: string; url: string }>(({ name, url }) => {
    const run = (signal: AbortSignal) => {
      told.push(`begin ${name} ${url}`);
      return new Promise<void>((resolve) =>
        signal.addEventListener("abort", () => {
          told.push(`end ${name} ${url}`);
          resolve();
        }),
      );
    };
    return { run } as Link;
  });
  return { set, news: () => told.splice(0) };
}

test("a link begins with its supervisord, ends with it, and is another one where its address changed", async () => {
  const { set, news } = links();
  set.apply([
    { name: "a", url: "1" },
    { name: "b", url: "1" },
  ]);
  expect(news()).toEqual(["begin a 1", "begin b 1"]);
  set.apply([
    { name: "b", url: "2" },
    { name: "c", url: "1" },
  ]);
  expect(news()).toEqual(["end a 1", "end b 1", "begin b 2", "begin c 1"]);
  expect([set.get("a"), set.get("b") === null]).toEqual([null, false]);
  await set.close();
  expect(news()).toEqual(["end b 2", "end c 1"]);
});

test("all of them begin again where everything is to be read again", async () => {
  const { set, news } = links();
  set.apply([
    { name: "a", url: "1" },
    { name: "b", url: "1" },
  ]);
  const before = set.get("a");
  news();
  set.restart();
  expect(news()).toEqual(["end a 1", "end b 1", "begin a 1", "begin b 1"]);
  expect(set.get("a")).not.toBe(before);
  await set.close();
});
