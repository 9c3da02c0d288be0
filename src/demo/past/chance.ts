import type { Random } from "../random.ts";

export const between = (random: Random, least: number, most: number): number => least + random() * (most - least);

/** The time until what happens once in `meanMs` happens next. */
export const untilNext = (random: Random, meanMs: number): number => -Math.log(1 - random()) * meanMs;

export function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[Math.floor(random() * from.length)] ?? from[0];
}
