import type { SupervisorName } from "../../domain/names.ts";
import type { LinkState } from "../../domain/supervisor.ts";
import type { FleetView } from "../fleet-view.ts";

export type RecordLink = (
  supervisor: SupervisorName,
  link: {
    /** the host's clock, as well as the hub knows it */
    readonly atMs: number;
    readonly status: "live" | "down";
    readonly reason: string | null;
  },
) => void;

/**
 * Writes down when the way to a supervisord is found and lost; attempts in vain are one loss.
 * @returns the end of it
 */
export function recordLinks(fleet: Pick<FleetView, "subscribe">, record: RecordLink): () => void {
  const last = new Map<SupervisorName, LinkState["status"]>();
  return fleet.subscribe((change) => {
    if (change.kind === "supervisor_removed") last.delete(change.name);
    if (change.kind !== "supervisor") return;
    const { name, link, clockOffsetMs } = change.supervisor;
    if (link.status === "connecting" || link.status === last.get(name)) return;
    last.set(name, link.status);
    const reason = link.status === "down" ? link.reason : null;
    record(name, { atMs: link.sinceMs + (clockOffsetMs ?? 0), status: link.status, reason });
  });
}
