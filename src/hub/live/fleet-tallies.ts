import type { SupervisorName } from "../../domain/names.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { type AttentionItem, fleetAttention } from "../../views/fleet-attention.ts";
import { type FleetCounts, fleetCounts } from "../../views/fleet-counts.ts";
import { type HostTally, hostTally, type TallyOf } from "../../views/host-tally.ts";
import type { FleetView } from "../fleet-view.ts";
import type { FiguresOf } from "./figures-of.ts";
import { hostOfChange } from "./host-of-change.ts";

export type FleetTallies = {
  readonly of: TallyOf;
  /** of the bar */
  readonly counts: () => FleetCounts;
  /** of the strip above the lists */
  readonly attention: () => AttentionItem[];
};

/** What the fleet comes to, host by host: when it is asked for, hosts that have changed since are counted anew. */
export function fleetTallies(fleet: FleetView, figures: Pick<FiguresOf, "ended">): FleetTallies {
  const tallies = new Map<SupervisorName, HostTally>();
  /** on how many hosts each group is */
  const groups = new Map<string, number>();
  const changed = new Set<SupervisorName>(fleet.supervisors().keys());
  fleet.subscribe((change) => {
    const name = hostOfChange(change);
    if (name !== null) changed.add(name);
  });

  const countGroups = (tally: HostTally | undefined, by: 1 | -1): void => {
    for (const group of tally?.groups ?? []) {
      const hosts = (groups.get(group) ?? 0) + by;
      if (hosts === 0) groups.delete(group);
      else groups.set(group, hosts);
    }
  };
  const count = (name: SupervisorName, supervisor: Supervisor | undefined): void => {
    countGroups(tallies.get(name), -1);
    if (supervisor === undefined) return void tallies.delete(name);
    const tally = hostTally(supervisor);
    countGroups(tally, 1);
    tallies.set(name, tally);
  };
  const freshen = (): void => {
    const supervisors = fleet.supervisors();
    for (const name of changed) count(name, supervisors.get(name));
    changed.clear();
  };
  const of: TallyOf = (supervisor) => {
    if (changed.delete(supervisor.name)) count(supervisor.name, supervisor);
    return tallies.get(supervisor.name) ?? hostTally(supervisor);
  };
  return {
    of,
    counts() {
      freshen();
      return fleetCounts(fleet.supervisors(), of, groups.size);
    },
    attention() {
      freshen();
      const supervisors = fleet.supervisors();
      const ended = figures.ended().flatMap(({ uid, ends }) => {
        const process = fleet.process(uid);
        const supervisor = process === null ? undefined : supervisors.get(process.supervisor);
        return process === null || supervisor === undefined ? [] : [{ placed: { process, supervisor }, ends }];
      });
      return fleetAttention(supervisors, of, ended);
    },
  };
}
