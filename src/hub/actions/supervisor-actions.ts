import { type ErrorCode, MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { Call, CallResult, RereadResult } from "../../protocol/agent.ts";
import type { Fleet } from "../fleet.ts";
import { type RecordCommand, recordNothing } from "../history/command-record.ts";
import { recordSupervisors } from "../history/record-command.ts";
import type { ActionMethod } from "../history/sent-actions.ts";
import type { Link } from "../links/link.ts";
import { failureOf, type SupervisorResult } from "./action-result.ts";
import type { Requester } from "./requester.ts";

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

const ACTIONS = {
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

export type SupervisorAction = keyof typeof ACTIONS;

const counts = ({ added, changed, removed }: RereadResult = { added: [], changed: [], removed: [] }): string =>
  `(${added.length} added; ${changed.length} changed; ${removed.length} disappeared)`;

export type SupervisorActions = {
  /**
   * @param groups of `update` (none: all), `add` and `remove`
   * @returns one result for each name, in order, or for each group of each that is added or removed, when each
   *   supervisord has answered
   */
  readonly perform: (
    action: SupervisorAction,
    names: readonly SupervisorName[],
    by?: Requester,
    groups?: readonly string[],
  ) => Promise<SupervisorResult[]>;
};

export function createSupervisorActions(deps: {
  readonly fleet: Fleet;
  readonly link: (name: SupervisorName) => Link | null;
  /** where it is written down who asked for what */
  readonly record?: RecordCommand;
  readonly nowMs?: () => number;
}): SupervisorActions {
  const { fleet, link, record = recordNothing, nowMs = Date.now } = deps;

  async function performOn(
    action: SupervisorAction,
    supervisor: SupervisorName,
    groups: readonly string[],
  ): Promise<SupervisorResult[]> {
    const calls = ACTIONS[action].calls(groups);
    const about = calls.map((call) => ({ supervisor, ...("group" in call && { group: call.group }) }));
    try {
      const one = link(supervisor);
      if (one === null) throw new MultivisorError("BAD_NAME", `no such supervisor: ${supervisor}`);
      const answers = await one.command(calls);
      return about.map((target, i) => resultOf(action, target, answers[i]));
    } catch (error) {
      return about.map((target) => failed(action, target, failureOf(error)));
    }
  }

  function resultOf(action: SupervisorAction, target: Target, answer: CallResult | undefined): SupervisorResult {
    if (answer === undefined) return failed(action, target, { code: "BAD_WIRE", message: "no answer" });
    if (!answer.ok) return failed(action, target, { ...answer, code: answer.code as ErrorCode });
    const { reread } = answer;
    fleet.notify(ACTIONS[action].done(target.supervisor, { ...target, ...(reread && { reread }) }), "INFO", {
      supervisor: target.supervisor,
    });
    return { ...target, ok: true, ...(reread && { reread }) };
  }

  function failed(
    action: SupervisorAction,
    target: Target,
    { code, message }: { code: ErrorCode; message: string },
  ): SupervisorResult {
    const { supervisor } = target;
    if (code !== "BAD_NAME")
      fleet.notify(`Error trying to ${action} ${supervisor}!`, "ERROR", { supervisor, reason: message });
    return { ...target, ok: false, code, message };
  }

  return {
    async perform(action, names, by, groups = []) {
      const theirs = names.filter((name) => notTheirs(by, name) === null);
      const asked = { by, method: ACTIONS[action].method, detail: groups.join(", "), patterns: names };
      const done = recordSupervisors({ record, fleet, nowMs }, asked, theirs);
      const refusedOrDone = (name: SupervisorName) => {
        const refusal = notTheirs(by, name);
        return refusal === null ? performOn(action, name, groups) : [refusal];
      };
      const results = (await Promise.all(names.map(refusedOrDone))).flat();
      done(results);
      return results;
    },
  };
}

type Target = { readonly supervisor: SupervisorName; readonly group?: string };

/** Whoever may see a part of what runs there may not act on all of it. */
export function notTheirs(by: Requester | undefined, supervisor: SupervisorName): SupervisorResult | null {
  if (by === undefined || by.account.access === null || by.account.access.ownsSupervisor(supervisor)) return null;
  if (!by.view.supervisors().has(supervisor))
    return { supervisor, ok: false, code: "BAD_NAME", message: `no such supervisor: ${supervisor}` };
  const message = `${supervisor} is not wholly yours: your filter names more than hosts`;
  return { supervisor, ok: false, code: "FORBIDDEN", message };
}
