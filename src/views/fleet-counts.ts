import type { Supervisors } from "./fleet-groups.ts";
import { noLooks, type TallyOf } from "./host-tally.ts";
import { openHostsWords } from "./open-hosts.ts";
import { isStale, type Look } from "./process-look.ts";

export type FleetCounts = {
  readonly byLook: Readonly<Record<Look, number>>;
  readonly groups: number;
  readonly hosts: number;
  readonly hostsLive: number;
  /** which hosts anybody may command; null: none */
  readonly openHosts: string | null;
};

/** @param groups how many there are: groups of one name on several hosts are one */
export function fleetCounts(supervisors: Supervisors, tallyOf: TallyOf, groups: number): FleetCounts {
  const byLook = noLooks();
  let hostsLive = 0;
  for (const supervisor of supervisors.values()) {
    if (!isStale(supervisor)) hostsLive++;
    const tally = tallyOf(supervisor);
    for (const look in tally.byLook) byLook[look as Look] += tally.byLook[look as Look];
  }
  return { byLook, groups, hosts: supervisors.size, hostsLive, openHosts: openHostsWords(supervisors.values()) };
}
