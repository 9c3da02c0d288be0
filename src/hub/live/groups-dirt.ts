import type { ProcessUid, SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import { standing } from "./supervisor-standing.ts";

/** What of the groups page is to be rendered anew. */
export type GroupsDirt = {
  readonly rows: ReadonlySet<ProcessUid>;
  /** whole cards: a process came or went, a host went down or came back */
  readonly groups: ReadonlySet<string>;
  /** a card came or went */
  readonly cards: boolean;
};

/** Collects changes against what the readers were last shown. */
export function groupsDirt(fleet: FleetView) {
  /** and the group in whose card it is */
  const shown = new Map<ProcessUid, string>();
  const standings = new Map<SupervisorName, string>();
  let rows = new Set<ProcessUid>();
  let groups = new Set<string>();
  let cards = false;

  const reset = () => {
    rows = new Set();
    groups = new Set();
    cards = false;
    shown.clear();
    standings.clear();
    for (const supervisor of fleet.supervisors().values()) {
      standings.set(supervisor.name, standing(supervisor));
      for (const { uid, group } of supervisor.processes.values()) shown.set(uid, group);
    }
  };
  const noteProcess = ({ uid, group }: FleetProcess) => {
    if (shown.get(uid) === group) rows.add(uid);
    else cards = true;
  };
  const noteSupervisor = (supervisor: Supervisor, added: readonly ProcessUid[]) => {
    const now = standing(supervisor);
    if (added.length > 0) cards = true;
    if (standings.get(supervisor.name) === now) return;
    standings.set(supervisor.name, now);
    for (const { group } of supervisor.processes.values()) groups.add(group);
    // No card at all, before or after: the place tells why, and that depends on links.
    if (shown.size === 0) cards = true;
  };

  return {
    reset,
    /** One row, whatever the reason. */
    add(uid: ProcessUid): void {
      if (shown.has(uid)) rows.add(uid);
    },
    note(change: FleetChange): boolean {
      switch (change.kind) {
        case "transition":
        case "process":
          noteProcess(change.process);
          return true;
        case "process_removed":
        case "supervisor_removed":
          cards = true;
          return true;
        case "supervisor":
          noteSupervisor(change.supervisor, change.added);
          return true;
        case "notification":
          return false;
      }
    },
    /** Hands over what was collected and starts anew. */
    take(): GroupsDirt {
      const taken = { rows, groups, cards };
      rows = new Set();
      groups = new Set();
      cards = false;
      if (taken.cards) reset();
      return taken;
    },
  };
}
