import type { Written } from "./fleet-history.ts";

/** The same entries, numbered on in each journal. @param lastOf the newest number that is in the journal of a supervisor */
export function* renumbered(history: Iterable<Written>, lastOf: (supervisor: string) => number): Generator<Written> {
  const last = new Map<string, number>();
  for (const { supervisor, entry } of history) {
    const seq = (last.get(supervisor) ?? lastOf(supervisor)) + 1;
    last.set(supervisor, seq);
    yield { supervisor, entry: { ...entry, seq } };
  }
}
