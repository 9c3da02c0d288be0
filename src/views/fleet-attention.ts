import type { Supervisor } from "../domain/supervisor.ts";
import type { Supervisors } from "./fleet-groups.ts";
import { isStale, lookOf, type PlacedProcess } from "./process-look.ts";
import { countsSince } from "./process-words.ts";

export type AttentionItem =
  | { readonly kind: "host"; readonly supervisor: Supervisor }
  | { readonly kind: "process"; readonly placed: PlacedProcess };

/** Hosts first, then what stays broken, then what still tries; within that the newest first. */
export function fleetAttention(supervisors: Supervisors): AttentionItem[] {
  const hosts: AttentionItem[] = [];
  const processes: { rank: number; since: number; placed: PlacedProcess }[] = [];
  for (const supervisor of supervisors.values()) {
    if (supervisor.link.status === "down") hosts.push({ kind: "host", supervisor });
    if (isStale(supervisor)) continue;
    for (const process of supervisor.processes.values()) {
      const placed = { process, supervisor };
      const look = lookOf(placed);
      if (look === "bad" || look === "backoff")
        processes.push({ rank: look === "bad" ? 0 : 1, since: countsSince(placed) ?? 0, placed });
    }
  }
  processes.sort((a, b) => a.rank - b.rank || b.since - a.since);
  return [...hosts, ...processes.map(({ placed }) => ({ kind: "process", placed }) as const)];
}
