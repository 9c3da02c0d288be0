import type { Transition } from "../domain/journal-entry.ts";
import type { ProcessUid, SupervisorName } from "../domain/names.ts";
import type { Notification } from "../domain/notification.ts";
import type { FleetProcess } from "../domain/process.ts";
import type { Supervisor } from "../domain/supervisor.ts";

/** What changed in the fleet, after it changed. Told in the order in which it happened. */
export type FleetChange =
  /** a process entered a state */
  | { readonly kind: "transition"; readonly process: FleetProcess; readonly transition: Transition }
  /** more became known of a process, its state is the same; or it is new */
  | { readonly kind: "process"; readonly process: FleetProcess }
  | { readonly kind: "process_removed"; readonly uid: ProcessUid; readonly supervisor: SupervisorName }
  /**
   * link, facts or clock; where the link's status changed, every process of it is to be shown anew (stale or not)
   * `added`: it lists these for the first time
   */
  | { readonly kind: "supervisor"; readonly supervisor: Supervisor; readonly added: readonly ProcessUid[] }
  | { readonly kind: "supervisor_removed"; readonly name: SupervisorName }
  | { readonly kind: "notification"; readonly notification: Notification };
