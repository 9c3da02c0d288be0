import type { HistoryItem } from "./history.ts";
import { type Announced, isHelper } from "./recorder.ts";

/** Per process, the states in the order of their coming: "web:1" -> ["STOPPED>STARTING", …]. */
export type Sequences = Record<string, string[]>;

function collect(steps: readonly { key: string; step: string }[]): Sequences {
  const sequences: Sequences = {};
  for (const { key, step } of steps) {
    sequences[key] ??= [];
    sequences[key].push(step);
  }
  return sequences;
}

export const announcedSequences = (announced: readonly Announced[]): Sequences =>
  collect(
    announced
      .filter((a) => !isHelper(a))
      .map((a) => ({ key: `${a.group}:${a.name}`, step: `${a.from}>${a.to} ${a.pid ?? ""}` })),
  );

/** Of one supervisor, without what was only found by comparing states. */
export const storedSequences = (items: readonly HistoryItem[]): Sequences =>
  collect(
    items
      .filter((item) => item.kind === "transition" && !item.sampled && !isHelper(item))
      .map((i) => ({ key: `${i.group}:${i.name}`, step: `${i.from_state}>${i.to_state} ${i.pid ?? ""}` })),
  );

export const countSteps = (sequences: Sequences): number =>
  Object.values(sequences).reduce((sum, s) => sum + s.length, 0);
