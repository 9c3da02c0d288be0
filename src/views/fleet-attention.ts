import type { Supervisor } from "../domain/supervisor.ts";
import type { Supervisors } from "./fleet-groups.ts";
import { isStale, lookOf, type PlacedProcess } from "./process-look.ts";
import { countsSince } from "./process-words.ts";

export type AttentionItem =
  | { readonly kind: "host"; readonly supervisor: Supervisor }
  | { readonly kind: "process"; readonly placed: PlacedProcess; readonly ends: number };

/** So many unexpected ends within ten minutes are a crash loop. */
export const LOOP_ENDS = 3;

const natural = new Intl.Collator("en", { numeric: true });

/**
 * Hosts first, then what stays broken, the newest on top, then what still tries, by name: its times change with every
 * try, and lines must not change places under the eye.
 */
export function fleetAttention(
  supervisors: Supervisors,
  endsOf: (placed: PlacedProcess) => number = () => 0,
): AttentionItem[] {
  const hosts: AttentionItem[] = [];
  const processes: { rank: number; placed: PlacedProcess; ends: number }[] = [];
  for (const supervisor of supervisors.values()) {
    if (supervisor.link.status === "down") hosts.push({ kind: "host", supervisor });
    if (isStale(supervisor)) continue;
    for (const process of supervisor.processes.values()) {
      const placed = { process, supervisor };
      const look = lookOf(placed);
      const ends = endsOf(placed);
      // One that ends again and again keeps its place, whatever state it is in right now.
      if (look === "bad" || look === "backoff" || ends >= LOOP_ENDS)
        processes.push({ rank: look === "bad" && ends < LOOP_ENDS ? (countsSince(placed) ?? 0) : -1, placed, ends });
    }
  }
  processes.sort((a, b) => b.rank - a.rank || natural.compare(a.placed.process.uid, b.placed.process.uid));
  return [...hosts, ...processes.map(({ placed, ends }) => ({ kind: "process", placed, ends }) as const)];
}
