import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Call, CallResult, RereadResult } from "../../protocol/agent.ts";
import type { Fleet } from "../fleet.ts";
import { type RecordCommand, recordNothing } from "../history/command-record.ts";
import { recordSupervisors } from "../history/record-command.ts";
import type { ActionMethod } from "../history/sent-actions.ts";
import type { Link } from "../links/link.ts";
import { failureOf, type SupervisorResult } from "./action-result.ts";
import type { Requester } from "./requester.ts";

export type SupervisorAction = "update" | "restart" | "reread" | "shutdown";

const CALL: Record<SupervisorAction, Call> = {
  update: { method: "update", groups: [] },
  restart: { method: "restart" },
  reread: { method: "reread" },
  shutdown: { method: "shutdown" },
};

/** As the history calls it: `restart` is said of processes. */
const METHOD = {
  update: "update",
  restart: "restart_supervisord",
  reread: "reread",
  shutdown: "shutdown",
} as const satisfies Record<SupervisorAction, ActionMethod>;

const NOTHING: RereadResult = { added: [], changed: [], removed: [] };

/** Wording of Multivisor 6. */
function wordsOf(action: SupervisorAction, name: SupervisorName, reread: RereadResult): string {
  const counts = `(${reread.added.length} added; ${reread.changed.length} changed; ${reread.removed.length} disappeared)`;
  switch (action) {
    case "update":
      return `Updated ${name} ${counts}`;
    case "reread":
      return `Reread config of ${name} ${counts}`;
    case "restart":
      return `Restarted ${name}`;
    case "shutdown":
      return `Shut down ${name}`;
  }
}

export type SupervisorActions = {
  /** @returns one result for each name, in order, when each supervisord has answered */
  readonly perform: (action: SupervisorAction, names: readonly string[], by?: Requester) => Promise<SupervisorResult[]>;
};

export function createSupervisorActions(deps: {
  readonly fleet: Fleet;
  readonly link: (name: SupervisorName) => Link | null;
  /** where it is written down who asked for what */
  readonly record?: RecordCommand;
  readonly nowMs?: () => number;
}): SupervisorActions {
  const { fleet, link, record = recordNothing, nowMs = Date.now } = deps;

  async function performOn(action: SupervisorAction, supervisor: string): Promise<SupervisorResult> {
    try {
      const one = link(supervisor);
      if (one === null) throw new MultivisorError("BAD_NAME", `no such supervisor: ${supervisor}`);
      const [result] = await one.command([CALL[action]]);
      return accepted(action, supervisor, result);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== "BAD_NAME")
        fleet.notify(`Error trying to ${action} ${supervisor}!`, "ERROR", { supervisor, reason: failure.message });
      return { supervisor, ...failure };
    }
  }

  function accepted(action: SupervisorAction, supervisor: string, result: CallResult | undefined): SupervisorResult {
    if (result === undefined || !result.ok)
      throw new MultivisorError((result?.code ?? "BAD_WIRE") as "FAILED", result?.message ?? "no answer");
    fleet.notify(wordsOf(action, supervisor, result.reread ?? NOTHING), "INFO", { supervisor });
    return { supervisor, ok: true, ...(result.reread === undefined ? {} : { reread: result.reread }) };
  }

  return {
    async perform(action, names, by) {
      const theirs = names.filter((name) => notTheirs(by, name) === null);
      const asked = { by, method: METHOD[action], detail: "", patterns: names };
      const done = recordSupervisors({ record, fleet, nowMs }, asked, theirs);
      const results = await Promise.all(names.map((name) => notTheirs(by, name) ?? performOn(action, name)));
      done(results);
      return results;
    },
  };
}

/** Whoever may see a part of what runs there may not act on all of it. */
export function notTheirs(by: Requester | undefined, supervisor: SupervisorName): SupervisorResult | null {
  if (by === undefined || by.account.access === null || by.account.access.ownsSupervisor(supervisor)) return null;
  if (!by.view.supervisors().has(supervisor))
    return { supervisor, ok: false, code: "BAD_NAME", message: `no such supervisor: ${supervisor}` };
  const message = `${supervisor} is not wholly yours: your filter names more than hosts`;
  return { supervisor, ok: false, code: "FORBIDDEN", message };
}
