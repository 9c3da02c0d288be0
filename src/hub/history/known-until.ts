import type { SupervisorName } from "../../domain/names.ts";
import type { FleetView } from "../fleet-view.ts";

/**
 * The last moment at which all of a supervisor is known, host's clock: now while its link is live; else no later than
 * when that was lost. What its journal tells of later times is known nevertheless, the history sees to that.
 */
export function knownUntil(fleet: FleetView, name: SupervisorName, nowMs: number): number {
  const supervisor = fleet.supervisors().get(name);
  if (supervisor?.link.status !== "live") return Number.NEGATIVE_INFINITY;
  return nowMs + (supervisor.clockOffsetMs ?? 0);
}
