import type { Random } from "../random.ts";
import { between, untilNext } from "./chance.ts";

/** From one start of a supervisord to its end. `restart`: it was told to end; `power`: nobody was told anything. */
export type Life = { readonly fromMs: number; readonly toMs: number; readonly end: "restart" | "power" };

const DAY_MS = 86_400_000;
const EVERY_MS = 25 * DAY_MS;
const POWER_SHARE = 0.4;

const absence = (random: Random, end: Life["end"]): number =>
  end === "power" ? between(random, 90_000, 900_000) : between(random, 3_000, 15_000);

/** @returns in order of time; the last one ends at `toMs` by being told to */
export function lives(fromMs: number, toMs: number, random: Random): Life[] {
  const all: Life[] = [];
  let beginMs = fromMs;
  for (;;) {
    const endMs = Math.floor(beginMs + DAY_MS + untilNext(random, EVERY_MS));
    if (endMs > toMs - DAY_MS) return [...all, { fromMs: beginMs, toMs, end: "restart" }];
    const end = random() < POWER_SHARE ? "power" : "restart";
    all.push({ fromMs: beginMs, toMs: endMs, end });
    beginMs = Math.floor(endMs + absence(random, end));
  }
}
