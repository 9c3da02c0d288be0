import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Call, CallResult, RereadResult } from "../../protocol/agent.ts";
import type { Fleet } from "../fleet.ts";
import type { Link } from "../links/link.ts";
import { failureOf, type SupervisorResult } from "./action-result.ts";

export type SupervisorAction = "update" | "restart" | "reread" | "shutdown";

const CALL: Record<SupervisorAction, Call> = {
  update: { method: "update", groups: [] },
  restart: { method: "restart" },
  reread: { method: "reread" },
  shutdown: { method: "shutdown" },
};

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
  readonly perform: (action: SupervisorAction, names: readonly string[]) => Promise<SupervisorResult[]>;
};

export function createSupervisorActions(deps: {
  readonly fleet: Fleet;
  readonly link: (name: SupervisorName) => Link | null;
}): SupervisorActions {
  const { fleet, link } = deps;

  async function performOn(action: SupervisorAction, supervisor: string): Promise<SupervisorResult> {
    try {
      const one = link(supervisor);
      if (one === null) throw new MultivisorError("BAD_NAME", `no such supervisor: ${supervisor}`);
      const [result] = await one.command([CALL[action]]);
      return accepted(action, supervisor, result);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code !== "BAD_NAME")
        fleet.notify(`Error trying to ${action} ${supervisor}! ${failure.message}`, "ERROR");
      return { supervisor, ...failure };
    }
  }

  function accepted(action: SupervisorAction, supervisor: string, result: CallResult | undefined): SupervisorResult {
    if (result === undefined || !result.ok)
      throw new MultivisorError((result?.code ?? "BAD_WIRE") as "FAILED", result?.message ?? "no answer");
    fleet.notify(wordsOf(action, supervisor, result.reread ?? NOTHING), "INFO");
    return { supervisor, ok: true, ...(result.reread === undefined ? {} : { reread: result.reread }) };
  }

  return { perform: (action, names) => Promise.all(names.map((name) => performOn(action, name))) };
}
