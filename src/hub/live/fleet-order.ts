import { type Namespec, namespec, type ProcessUid, type SupervisorName } from "../../domain/names.ts";
import { fleetGroups, type ProcessGroup } from "../../views/fleet-groups.ts";
import { rowsByName } from "../../views/name-order.ts";
import type { PlacedProcess } from "../../views/process-look.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";

export type FleetOrder = {
  /** all processes as they are now, by name */
  readonly rows: () => readonly PlacedProcess[];
  /** by name, each with its rows by name */
  readonly groups: () => readonly ProcessGroup[];
};

type Place = { readonly supervisor: SupervisorName; readonly key: Namespec };
type Members = { readonly places: readonly Place[]; readonly uids: ReadonlySet<ProcessUid> };

/** Names are compared when a process comes or goes, and only if somebody looks: that is the slow part. */
export function fleetOrder(fleet: FleetView): FleetOrder {
  let members: Members | null = null;
  let now: { readonly version: number; readonly rows: readonly PlacedProcess[] } | null = null;
  let grouped: { readonly rows: readonly PlacedProcess[]; readonly groups: readonly ProcessGroup[] } | null = null;

  const touchesMembers = (change: FleetChange, { uids }: Members): boolean => {
    switch (change.kind) {
      case "transition":
      case "process":
        return !uids.has(change.process.uid);
      case "process_removed":
      case "supervisor_removed":
        return true;
      case "supervisor":
        return change.added.length > 0;
      case "notification":
        return false;
    }
  };
  fleet.subscribe((change) => {
    if (members !== null && touchesMembers(change, members)) members = null;
  });

  const lookUp = (places: readonly Place[]): PlacedProcess[] => {
    const supervisors = fleet.supervisors();
    return places.flatMap(({ supervisor: name, key }) => {
      const supervisor = supervisors.get(name);
      const process = supervisor?.processes.get(key);
      return supervisor === undefined || process === undefined ? [] : [{ process, supervisor }];
    });
  };
  const sorted = (): readonly PlacedProcess[] => {
    const rows = rowsByName(fleet.supervisors().values());
    members = {
      places: rows.map(({ process: { supervisor, group, name } }) => ({ supervisor, key: namespec(group, name) })),
      uids: new Set(rows.map(({ process }) => process.uid)),
    };
    return rows;
  };
  const rows = (): readonly PlacedProcess[] => {
    const version = fleet.version();
    if (now?.version !== version || members === null)
      now = { version, rows: members === null ? sorted() : lookUp(members.places) };
    return now.rows;
  };
  return {
    rows,
    groups() {
      const own = rows();
      if (grouped?.rows !== own) grouped = { rows: own, groups: fleetGroups(own) };
      return grouped.groups;
    },
  };
}
