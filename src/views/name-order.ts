import type { Supervisor } from "../domain/supervisor.ts";
import type { PlacedProcess } from "./process-look.ts";

/** "w2" before "w10"; one collator for all, making one costs more than using it. */
const natural = new Intl.Collator("en", { numeric: true });

/** The place of each text among all; texts that compare as equal share one. */
function ranks(texts: Iterable<string>): ReadonlyMap<string, number> {
  const rankOf = new Map<string, number>();
  let last: string | null = null;
  let rank = 0;
  for (const text of [...new Set(texts)].sort(natural.compare)) {
    if (last !== null && natural.compare(last, text) !== 0) rank++;
    rankOf.set(text, rank);
    last = text;
  }
  return rankOf;
}

/**
 * All processes of theirs, by name, then by supervisor, then by group, as `byName` compares. A fleet has far fewer names
 * than processes, and to compare two of them is the slow part: each is put in its place once.
 */
export function rowsByName(supervisors: Iterable<Supervisor>): PlacedProcess[] {
  const rows = [...supervisors].flatMap((supervisor) =>
    [...supervisor.processes.values()].map((process) => ({ process, supervisor })),
  );
  const [byName, bySupervisor, byGroup] = [
    ranks(rows.map(({ process }) => process.name)),
    ranks(rows.map(({ process }) => process.supervisor)),
    ranks(rows.map(({ process }) => process.group)),
  ];
  return rows
    .map((placed) => ({
      placed,
      name: byName.get(placed.process.name) ?? 0,
      supervisor: bySupervisor.get(placed.process.supervisor) ?? 0,
      group: byGroup.get(placed.process.group) ?? 0,
    }))
    .sort((a, b) => a.name - b.name || a.supervisor - b.supervisor || a.group - b.group)
    .map(({ placed }) => placed);
}
