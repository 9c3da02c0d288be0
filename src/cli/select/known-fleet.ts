import { matchesGlob } from "../../lib/glob.ts";
import type { HubData, HubProcess, HubSupervisor } from "../../protocol/hub.ts";

/** Multivisor 6 has no `link`. */
export const isLive = (supervisor: HubSupervisor): boolean =>
  supervisor.link === undefined ? supervisor.running : supervisor.link.status === "live";

/** Processes of the supervisors that answer: of the others nothing is known. */
export const knownProcesses = (data: HubData): HubProcess[] =>
  Object.values(data.supervisors).flatMap((one) => (isLive(one) ? Object.values(one.processes) : []));

/** Does the pattern's first part speak of this supervisor? `PLC:*` speaks of none, a bare name of none either. */
export function namesSupervisor(pattern: string, supervisor: string): boolean {
  if (pattern.startsWith(`${supervisor}:`)) return true;
  return pattern.includes(":") && matchesGlob(pattern.slice(0, pattern.indexOf(":")), supervisor);
}
