import type { ProcessUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { fleetGroups, type ProcessGroup } from "../../views/fleet-groups.ts";
import { replaceRow } from "../../views/group-tally.ts";
import { rowsByName } from "../../views/name-order.ts";
import type { PlacedProcess } from "../../views/process-look.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";

/** As they are now, to be used at once: the lists are kept up to date in place. */
export type FleetOrder = {
  /** all processes, by name */
  readonly rows: () => readonly PlacedProcess[];
  /** by name, each with its rows by name */
  readonly groups: () => readonly ProcessGroup[];
};

type MutableGroup = ProcessGroup & { readonly rows: PlacedProcess[] };

/** A row in the list of all, and in that of its group. */
type Place = { readonly at: number; readonly group: MutableGroup; readonly inGroup: number };

type Ordered = {
  readonly rows: PlacedProcess[];
  readonly groups: readonly ProcessGroup[];
  readonly places: ReadonlyMap<ProcessUid, Place>;
};

function inOrder(fleet: FleetView): Ordered {
  const rows = rowsByName(fleet.supervisors().values());
  const groups = fleetGroups(rows);
  const ofGroup = new Map<string, { readonly group: MutableGroup; next: number }>();
  for (const group of groups) ofGroup.set(group.name, { group: group as MutableGroup, next: 0 });
  const places = new Map<ProcessUid, Place>();
  for (const [at, { process }] of rows.entries()) {
    const own = ofGroup.get(process.group);
    if (own !== undefined) places.set(process.uid, { at, group: own.group, inGroup: own.next++ });
  }
  return { rows, groups, places };
}

/** Names are compared when a process has come or gone, and only if somebody looks: that is the slow part. */
export function fleetOrder(fleet: FleetView): FleetOrder {
  let ordered: Ordered | null = null;

  /** @param supervisor null: as before @returns false where it has no place yet */
  function put({ rows, places }: Ordered, process: FleetProcess, supervisor: Supervisor | null): boolean {
    const place = places.get(process.uid);
    const before = place === undefined ? undefined : rows[place.at];
    if (place === undefined || before === undefined || before.process.group !== process.group) return false;
    const placed = { process, supervisor: supervisor ?? before.supervisor };
    rows[place.at] = placed;
    place.group.rows[place.inGroup] = placed;
    replaceRow(place.group.tally, place.inGroup, before, placed);
    return true;
  }
  /** @returns whether the order is still that of the fleet */
  function take(into: Ordered, change: FleetChange): boolean {
    switch (change.kind) {
      case "transition":
      case "process":
        return put(into, change.process, null);
      case "process_removed":
      case "supervisor_removed":
        return false;
      case "supervisor": {
        const { supervisor } = change;
        for (const process of supervisor.processes.values()) if (!put(into, process, supervisor)) return false;
        return true;
      }
      case "notification":
        return true;
    }
  }
  fleet.subscribe((change) => {
    if (ordered !== null && !take(ordered, change)) ordered = null;
  });
  const now = (): Ordered => {
    ordered ??= inOrder(fleet);
    return ordered;
  };
  return { rows: () => now().rows, groups: () => now().groups };
}
