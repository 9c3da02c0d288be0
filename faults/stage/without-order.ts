import type { Difference } from "./difference.ts";
import { STEP_S } from "./false-clock.ts";
import type { Step } from "./transitions.ts";

/** Milliseconds between them. A step of the clock may lie between the two readings of it. */
function distanceMs(a: Step, b: Step): number {
  const ms = Math.abs(a.atMs - b.atMs);
  return Math.min(ms, Math.abs(ms - STEP_S * 1_000));
}

/** Of steps that are told alike: each with the one nearest to it, the nearest pairs first. */
function unlikeOf(truth: readonly Step[], told: readonly Step[]): Difference {
  const pairs = truth.flatMap((mine) => told.map((other) => ({ mine, other, ms: distanceMs(mine, other) })));
  const paired = new Set<Step>();
  for (const { mine, other } of pairs.sort((a, b) => a.ms - b.ms))
    if (!paired.has(mine) && !paired.has(other)) paired.add(mine).add(other);
  const alone = (step: Step) => !paired.has(step);
  return { missing: truth.filter(alone), surplus: told.filter(alone) };
}

/**
 * Where the clock was put, two listeners may have read it one before and one after, and what the history puts in order of
 * time has another order than what was announced: which steps there are can be compared, not how they follow. Most hold
 * the number of a process and are one of a kind.
 */
export function withoutOrder(truth: readonly Step[], told: readonly Step[]): Difference {
  const name = ({ process, step }: Step): string => `${process} ${step}`;
  const [mine, theirs] = [Map.groupBy(truth, name), Map.groupBy(told, name)];
  const all = [...new Set([...mine.keys(), ...theirs.keys()])].map((key) =>
    unlikeOf(mine.get(key) ?? [], theirs.get(key) ?? []),
  );
  return { missing: all.flatMap(({ missing }) => missing), surplus: all.flatMap(({ surplus }) => surplus) };
}
