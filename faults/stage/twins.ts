import type { Difference } from "./difference.ts";
import { STEP_S } from "./false-clock.ts";
import type { Step } from "./transitions.ts";

/** How far apart two listeners may hear of the same. */
const APART_MS = 5_000;

const name = ({ process, step }: Step): string => `${process} ${step.replace(/\(.*/, "")}`;

/** Milliseconds between them. A step of the clock lies between their times, or between those of what tells starts apart. */
function distanceMs(a: Step, b: Step): number {
  const ms = Math.abs(a.atMs - b.atMs);
  return Math.min(ms, Math.abs(ms - STEP_S * 1_000));
}

/**
 * Where the clock was put, two listeners may have read it one before and one after: the same step at two places. The nearest
 * are taken for the same: what is missing for another reason is farther away.
 */
export function withoutTwins({ missing, surplus }: Difference): Difference {
  const left = [...missing];
  const onlySurplus = surplus.filter((step) => {
    const like = left.filter((other) => name(other) === name(step) && distanceMs(other, step) < APART_MS);
    const [twin] = like.sort((a, b) => distanceMs(a, step) - distanceMs(b, step));
    if (twin !== undefined) left.splice(left.indexOf(twin), 1);
    return twin === undefined;
  });
  return { missing: left, surplus: onlySurplus };
}
