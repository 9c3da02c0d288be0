/** Whole lines of one log. */
export type Lines<Of> = { readonly of: Of; readonly text: string };

type Timed<Of> = { readonly of: Of; readonly line: string; readonly atMs: number };

/** A line without a time goes with the one before it; those before the first time go with that; without any they come first. */
function timed<Of>({ of, text }: Lines<Of>, timeOf: (line: string) => number | null): Timed<Of>[] {
  const lines = text.split(/(?<=\n)/).filter((line) => line !== "");
  const times = lines.map(timeOf);
  let atMs = times.find((time) => time !== null) ?? Number.NEGATIVE_INFINITY;
  return lines.map((line, i) => {
    // A clock that was put back does not take lines out of the order in which they were written.
    atMs = Math.max(atMs, times[i] ?? atMs);
    return { of, line, atMs };
  });
}

/**
 * Several logs in the order of their times, each for itself in the order in which it was written.
 * @param timeOf when a line of that log was written, epoch milliseconds; null: it does not tell
 * @returns what stands together of the same log as one
 */
export function mergeLines<Of>(
  logs: readonly Lines<Of>[],
  timeOf: (of: Of) => (line: string) => number | null,
): Lines<Of>[] {
  const all = logs
    .flatMap((log) => timed(log, timeOf(log.of)))
    .sort((a, b) => (a.atMs < b.atMs ? -1 : +(a.atMs > b.atMs)));
  const merged: { of: Of; text: string }[] = [];
  for (const { of, line } of all) {
    const last = merged.at(-1);
    if (last?.of === of) last.text += line;
    else merged.push({ of, text: line });
  }
  return merged;
}
