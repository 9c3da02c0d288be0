import type { FleetProcess } from "../domain/process.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { type Look, lookOf } from "./process-look.ts";

/** What the processes of one host come to. */
export type HostTally = {
  readonly byLook: Readonly<Record<Look, number>>;
  readonly groups: ReadonlySet<string>;
  /** those that are down, and those that still try */
  readonly troubled: readonly FleetProcess[];
};

export type TallyOf = (supervisor: Supervisor) => HostTally;

export const noLooks = (): Record<Look, number> => ({
  running: 0,
  moving: 0,
  backoff: 0,
  bad: 0,
  stopped: 0,
  unknown: 0,
});

export function hostTally(supervisor: Supervisor): HostTally {
  const byLook = noLooks();
  const groups = new Set<string>();
  const troubled: FleetProcess[] = [];
  for (const process of supervisor.processes.values()) {
    const look = lookOf({ process, supervisor });
    byLook[look]++;
    groups.add(process.group);
    if (look === "bad" || look === "backoff") troubled.push(process);
  }
  return { byLook, groups, troubled };
}
