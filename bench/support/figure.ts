/** One line of a bench's table: what came out of all runs, and what was to be reached. */
export type Figure = {
  readonly name: string;
  readonly unit: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly runs: readonly number[];
  readonly goal?: Goal;
};

export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** Enough digits to see a difference, and no more. What was counted is exact. */
const rounded = (value: number): number => (Number.isInteger(value) ? value : Number(value.toPrecision(4)));

/** The middle one; of an even number the lower of the two. 0 of none. */
export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1] ?? 0;

/** @param share 0.95: so much of all is not above it */
export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

export function figureOf(name: string, unit: string, values: readonly number[], goal?: Goal): Figure {
  const runs = values.map(rounded);
  const [min, max] = [Math.min(...runs), Math.max(...runs)];
  return { name, unit, median: median(runs), min, max, runs, ...(goal === undefined ? {} : { goal }) };
}

export const isMet = ({ median: value, goal }: Figure): boolean =>
  goal === undefined || ("atMost" in goal ? value <= goal.atMost : value >= goal.atLeast);

export const goalText = (goal: Goal | undefined): string =>
  goal === undefined ? "" : "atMost" in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`;
