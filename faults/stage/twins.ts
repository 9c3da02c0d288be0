import type { Difference } from "./difference.ts";
import { STEP_S } from "./false-clock.ts";
import type { Step } from "./transitions.ts";

/** How far apart two listeners may hear of the same. */
const APART_MS = 5_000;

const name = ({ process, step }: Step): string => `${process} ${step.replace(/\(.*/, "")}`;

/** A step of the clock lies between their times, or between those of what follows them, by which starts are told apart. */
function areTwins(a: Step, b: Step): boolean {
  const ms = Math.abs(a.atMs - b.atMs);
  return name(a) === name(b) && (ms < APART_MS || Math.abs(ms - STEP_S * 1_000) < APART_MS);
}

/** Where the clock was put, two listeners may have read it one before and one after: the same step at two places. */
export function withoutTwins({ missing, surplus }: Difference): Difference {
  const left = [...surplus];
  const onlyMissing = missing.filter((step) => {
    const i = left.findIndex((other) => areTwins(step, other));
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
  return { missing: onlyMissing, surplus: left };
}
