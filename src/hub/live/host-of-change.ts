import type { SupervisorName } from "../../domain/names.ts";
import type { FleetChange } from "../fleet-change.ts";

/** Whose supervisor's part of the fleet a change touches; null: nobody's. */
export function hostOfChange(change: FleetChange): SupervisorName | null {
  switch (change.kind) {
    case "transition":
    case "process":
      return change.process.supervisor;
    case "process_removed":
      return change.supervisor;
    case "supervisor":
      return change.supervisor.name;
    case "supervisor_removed":
      return change.name;
    case "notification":
      return null;
  }
}
