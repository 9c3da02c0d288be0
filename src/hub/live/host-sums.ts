import type { SupervisorName } from "../../domain/names.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { SupervisorSums } from "../../views/supervisor-sums.ts";
import type { FleetView } from "../fleet-view.ts";
import { hostOfChange } from "./host-of-change.ts";

/** Hosts tell what they use every 5 s: pages and updates within this time show the same. */
const FRESH_MS = 4_000;

/** What the processes of each supervisor use together; summed again when it has changed, or after a while. */
export function hostSums(fleet: FleetView, sumsOf: (supervisor: Supervisor) => SupervisorSums) {
  const known = new Map<SupervisorName, { readonly sums: SupervisorSums; readonly atMs: number }>();
  fleet.subscribe((change) => {
    const name = hostOfChange(change);
    if (name !== null) known.delete(name);
  });
  return (supervisor: Supervisor): SupervisorSums => {
    const before = known.get(supervisor.name);
    const nowMs = performance.now();
    if (before !== undefined && nowMs - before.atMs < FRESH_MS) return before.sums;
    const sums = sumsOf(supervisor);
    known.set(supervisor.name, { sums, atMs: nowMs });
    return sums;
  };
}
