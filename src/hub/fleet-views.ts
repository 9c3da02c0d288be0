import { type Access, seesUid } from "../domain/access.ts";
import type { SupervisorName } from "../domain/names.ts";
import type { Notification } from "../domain/notification.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import type { FleetChange } from "./fleet-change.ts";
import type { FleetView } from "./fleet-view.ts";

/** The fleet as somebody may see it. @param access null: all of it, which is the fleet itself */
export type FleetViews = (access: Access | null) => FleetView;

/** Who was given another filter is another view; those that nobody has any more are few and small. */
const MAX_VIEWS = 1_000;

/** Views with equal filters are one and the same, so that what is made for one reader serves the next. */
export function createFleetViews(fleet: FleetView): FleetViews {
  const views = new Map<string, FleetView>();
  return (access) => {
    if (access === null) return fleet;
    const known = views.get(access.text);
    if (known !== undefined) return known;
    if (views.size >= MAX_VIEWS) views.clear();
    const view = restricted(fleet, access);
    views.set(access.text, view);
    return view;
  };
}

function restricted(fleet: FleetView, access: Access): FleetView {
  let made: { readonly version: number; readonly shown: ReadonlyMap<SupervisorName, Supervisor> } | null = null;
  const supervisors = () => {
    const version = fleet.version();
    if (made?.version !== version) made = { version, shown: partOf(fleet, access) };
    for (const name of made.shown.keys()) told.add(name);
    return made.shown;
  };
  /** Names that somebody may have been told. */
  const told = new Set<SupervisorName>();
  const see = (change: FleetChange) => changeFor(access, change, told);
  return {
    supervisors,
    process(uid) {
      return seesUid(access, uid) ? fleet.process(uid) : null;
    },
    version: fleet.version,
    access,
    see,
    subscribe(listener) {
      supervisors();
      return fleet.subscribe((change) => {
        const own = see(change);
        if (own !== null) listener(own);
      });
    },
  };
}

function partOf(fleet: FleetView, access: Access): Map<SupervisorName, Supervisor> {
  const shown = new Map<SupervisorName, Supervisor>();
  for (const supervisor of fleet.supervisors().values()) {
    const part = supervisorFor(access, supervisor);
    if (part !== null) shown.set(part.name, part);
  }
  return shown;
}

/** A supervisor is there for those who see one of its processes, or whose it is by name. */
function supervisorFor(access: Access, supervisor: Supervisor): Supervisor | null {
  if (access.ownsSupervisor(supervisor.name)) return supervisor;
  const processes = new Map(
    [...supervisor.processes].filter(([, { group, name }]) => access.seesProcess(supervisor.name, group, name)),
  );
  return processes.size === 0 ? null : { ...supervisor, processes, isPart: true };
}

/** @param told names of supervisors that the listener knows of; kept up to date */
function changeFor(access: Access, change: FleetChange, told: Set<SupervisorName>): FleetChange | null {
  switch (change.kind) {
    case "transition":
    case "process":
      return seesUid(access, change.process.uid) ? change : null;
    case "process_removed":
      return seesUid(access, change.uid) ? change : null;
    case "supervisor": {
      const supervisor = supervisorFor(access, change.supervisor);
      if (supervisor !== null) told.add(supervisor.name);
      const added = change.added.filter((uid) => seesUid(access, uid));
      return supervisor === null ? null : { kind: "supervisor", supervisor, added };
    }
    case "supervisor_removed":
      return told.has(change.name) ? change : null;
    case "notification":
      return isFor(access, change.notification, told) ? change : null;
  }
}

/** What is about nothing in particular is for those who see everything. */
const isFor = (access: Access, { uid, supervisor }: Notification, told: ReadonlySet<SupervisorName>): boolean =>
  uid === undefined ? supervisor !== undefined && told.has(supervisor) : seesUid(access, uid);
