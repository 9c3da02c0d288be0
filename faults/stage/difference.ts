import type { Step } from "./transitions.ts";

export type Difference = {
  /** in the first and not at its place in the second */
  readonly missing: readonly Step[];
  readonly surplus: readonly Step[];
};

/** Of one process: what has to be taken away from the one and added to make the other, in order. */
function differenceOf(truth: readonly Step[], told: readonly Step[]): Difference {
  let from = 0;
  while (from < truth.length && from < told.length && truth[from]?.step === told[from]?.step) from++;
  let [end, toldEnd] = [truth.length, told.length];
  while (end > from && toldEnd > from && truth[end - 1]?.step === told[toldEnd - 1]?.step)
    [end, toldEnd] = [end - 1, toldEnd - 1];
  return unlike(truth.slice(from, end), told.slice(from, toldEnd));
}

/** By the longest sequence that both have. */
function unlike(a: readonly Step[], b: readonly Step[]): Difference {
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = a[i]?.step === b[j]?.step ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const [missing, surplus]: Step[][] = [[], []];
  for (let [i, j] = [0, 0]; i < a.length || j < b.length; ) {
    const [mine, other] = [a[i], b[j]];
    if (mine !== undefined && other !== undefined && mine.step === other.step) [i, j] = [i + 1, j + 1];
    else if (other === undefined || (mine !== undefined && at(i + 1, j) >= at(i, j + 1))) missing?.push(a[i++] as Step);
    else surplus?.push(b[j++] as Step);
  }
  return { missing: missing ?? [], surplus: surplus ?? [] };
}

/** Process by process, each in its order. */
export function difference(truth: readonly Step[], told: readonly Step[]): Difference {
  const [mine, theirs] = [Map.groupBy(truth, ({ process }) => process), Map.groupBy(told, ({ process }) => process)];
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  const all = names.map((name) => differenceOf(mine.get(name) ?? [], theirs.get(name) ?? []));
  return { missing: all.flatMap(({ missing }) => missing), surplus: all.flatMap(({ surplus }) => surplus) };
}
