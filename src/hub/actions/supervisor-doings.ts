import type { SupervisorName } from "../../domain/names.ts";
import type { Call, RereadResult } from "../../protocol/agent.ts";
import type { ActionMethod } from "../history/sent-actions.ts";
import type { SupervisorGoal } from "./supervisor-verdict.ts";

/** What can be done to a whole supervisord. */
type Doing = {
  /** as the history calls it: `restart` is said of processes */
  readonly method: ActionMethod;
  /** @param groups [] means all, or that none are needed */
  readonly calls: (groups: readonly string[]) => Call[];
  /** wording of Multivisor 6, where it had that action */
  readonly done: (name: SupervisorName, answer: Answer) => string;
};

type Answer = { readonly reread?: RereadResult; readonly group?: string };

export const SUPERVISOR_DOINGS = {
  update: {
    method: "update",
    calls: (groups) => [{ method: "update", groups: [...groups] }],
    done: (name, { reread }) => `Updated ${name} ${counts(reread)}`,
  },
  reread: {
    method: "reread",
    calls: () => [{ method: "reread" }],
    done: (name, { reread }) => `Reread config of ${name} ${counts(reread)}`,
  },
  restart: {
    method: "restart_supervisord",
    calls: () => [{ method: "restart" }],
    done: (name) => `Restarted ${name}`,
  },
  shutdown: {
    method: "shutdown",
    calls: () => [{ method: "shutdown" }],
    done: (name) => `Shut down ${name}`,
  },
  add: {
    method: "add_group",
    calls: (groups) => groups.map((group) => ({ method: "addGroup", group })),
    done: (name, { group }) => `Added group ${group} of ${name}`,
  },
  remove: {
    method: "remove_group",
    calls: (groups) => groups.map((group) => ({ method: "removeGroup", group })),
    done: (name, { group }) => `Removed group ${group} of ${name}`,
  },
} as const satisfies Record<string, Doing>;

export type SupervisorAction = keyof typeof SUPERVISOR_DOINGS;

const counts = ({ added, changed, removed }: RereadResult = { added: [], changed: [], removed: [] }): string =>
  `(${added.length} added; ${changed.length} changed; ${removed.length} disappeared)`;

/** null: its answer is its outcome */
export function goalOf(action: SupervisorAction, changes: RereadResult | undefined): SupervisorGoal | null {
  if (action === "restart" || action === "shutdown") return { action };
  return action === "update" && changes !== undefined ? { action, changes } : null;
}
