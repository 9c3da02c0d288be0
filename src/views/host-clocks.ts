import type { Supervisors } from "./fleet-groups.ts";

/** A zone, how far ahead of the hub's its clock is (ms), and the hosts where it is so. */
export type HostClocks = readonly (readonly [zone: string, offsetMs: number, hosts: readonly string[]])[];

/** Less is the network's doing. */
const SKEW_MS = 2_000;

/** What the page must know to tell the hosts' own times; most hosts share one line of it. */
export function hostClocks(supervisors: Supervisors): HostClocks {
  const groups = new Map<string, [string, number, string[]]>();
  for (const { name, timeZone, clockOffsetMs } of supervisors.values()) {
    const offsetMs = Math.abs(clockOffsetMs ?? 0) < SKEW_MS ? 0 : Math.round((clockOffsetMs ?? 0) / 1_000) * 1_000;
    if (timeZone === null && offsetMs === 0) continue;
    const key = `${timeZone} ${offsetMs}`;
    const group = groups.get(key) ?? [timeZone ?? "", offsetMs, []];
    group[2].push(name);
    groups.set(key, group);
  }
  return [...groups.values()];
}
