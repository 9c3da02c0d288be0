import type { Log } from "../fault.ts";
import type { Aftermath, Promised } from "../promise.ts";

/** Connections that are kept for the next request come and go: one for each of the hosts on the stage. */
const MORE_FILES = 12;
const MORE_RSS_MB = 80;
const MORE_WAKES_PER_S = 25;

function leaksOf(log: Log, { footprints }: Aftermath): string[] {
  const { before, after } = footprints[log];
  const above = (what: "files" | "rssMb" | "wakesPerS" | "children", most: number) =>
    after[what] > before[what] + most ? [`${log}: ${what} ${before[what]} before, ${after[what]} now`] : [];
  const grown = [...after.kinds].filter(([kind, count]) => count > (before.kinds.get(kind) ?? 0));
  const files = above("files", MORE_FILES).map(
    (problem) =>
      `${problem}: ${grown.map(([kind, count]) => `${kind} ${before.kinds.get(kind) ?? 0} > ${count}`).join(", ")}`,
  );
  return [...files, ...above("rssMb", MORE_RSS_MB), ...above("wakesPerS", MORE_WAKES_PER_S), ...above("children", 0)];
}

export const nothingLeaks: Promised = {
  name: "open files, memory, children and timers are as many as before",
  broken: (after) => (["hub", "alpha", "beta"] as const).flatMap((log) => leaksOf(log, after)),
};
