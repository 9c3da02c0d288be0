import type { Access } from "../domain/access.ts";
import type { ProcessUid, SupervisorName } from "../domain/names.ts";
import type { FleetProcess } from "../domain/process.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import type { FleetChange } from "./fleet-change.ts";

/** The fleet as routes, streams and pages may see it: to read and to follow, not to change. */
export type FleetView = {
  /** by name, in the order of the configuration file */
  readonly supervisors: () => ReadonlyMap<SupervisorName, Supervisor>;
  readonly process: (uid: ProcessUid) => FleetProcess | null;
  /** counts up with every change: equal versions mean equal fleets, within one run of the hub */
  readonly version: () => number;
  /** The listener is called at once and must not wait. @returns the end of the subscription */
  readonly subscribe: (listener: (change: FleetChange) => void) => () => void;
  /** Of a view of a part: what of a change of the whole is to be seen in it; null: nothing. Absent: all of it. */
  readonly access?: Access;
  readonly see?: (change: FleetChange) => FleetChange | null;
};
