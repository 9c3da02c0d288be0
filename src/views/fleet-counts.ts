import type { Supervisors } from "./fleet-groups.ts";
import { openHostsWords } from "./open-hosts.ts";
import { isStale, type Look, lookOf } from "./process-look.ts";

export type FleetCounts = {
  readonly byLook: Readonly<Record<Look, number>>;
  readonly groups: number;
  readonly hosts: number;
  readonly hostsLive: number;
  /** which hosts anybody may command; null: none */
  readonly openHosts: string | null;
};

export function fleetCounts(supervisors: Supervisors): FleetCounts {
  const byLook: Record<Look, number> = { running: 0, moving: 0, backoff: 0, bad: 0, stopped: 0, unknown: 0 };
  const groups = new Set<string>();
  let hostsLive = 0;
  for (const supervisor of supervisors.values()) {
    if (!isStale(supervisor)) hostsLive++;
    for (const process of supervisor.processes.values()) {
      byLook[lookOf({ process, supervisor })]++;
      groups.add(process.group);
    }
  }
  const openHosts = openHostsWords(supervisors.values());
  return { byLook, groups: groups.size, hosts: supervisors.size, hostsLive, openHosts };
}
