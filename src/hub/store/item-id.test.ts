import { expect, test } from "bun:test";
import { createIdAllocator, firstIdOf, IDS_PER_MS, timeOf } from "./item-id.ts";

const NOW = Date.UTC(2026, 10, 24, 2);

/** A table of ids, as far as an allocator asks it; what is added waits for a flush. */
function table() {
  const ids: number[] = [];
  let waiting: number[] = [];
  let asked = 0;
  const newestIn = (first: number, end: number) => {
    asked++;
    return ids.filter((id) => id >= first && id < end).reduce<number | null>((a, b) => Math.max(a ?? b, b), null);
  };
  const flush = () => {
    ids.push(...waiting);
    waiting = [];
  };
  const allocator = createIdAllocator({ newestIn, newestOfAll: () => Math.max(0, ...ids), flush });
  const add = (ms: number) => {
    const id = allocator.allocate(ms);
    waiting.push(id);
    return id;
  };
  return { ids, add, flush, allocator, asked: () => asked };
}

test("an id is of its millisecond, and no two are the same", () => {
  const { add } = table();
  const ids = [add(NOW), add(NOW), add(NOW - 5), add(NOW)];
  expect(new Set(ids).size).toBe(4);
  expect(ids.map(timeOf)).toEqual([NOW, NOW, NOW - 5, NOW]);
});

test("a millisecond that is full goes on in the one that follows", () => {
  const { add } = table();
  for (let i = 0; i < IDS_PER_MS; i++) add(NOW);
  expect(add(NOW)).toBe(firstIdOf(NOW + 1));
});

test("what it no longer remembers is looked for in the table, and not given twice", () => {
  const { ids, add, flush, allocator, asked } = table();
  const first = add(NOW);
  for (let i = 1; i <= 50_001; i++) allocator.allocate(NOW + i);
  expect(asked()).toBe(0);
  expect(add(NOW)).toBe(first + 1);
  expect(asked()).toBe(1);
  flush();
  expect(ids).toEqual([first, first + 1]);
});
