import { type ErrorCode, MultivisorError } from "../../domain/errors.ts";
import type { SupervisorName } from "../../domain/names.ts";
import type { CallResult, Failure, RereadResult } from "../../protocol/agent.ts";
import type { Fleet } from "../fleet.ts";
import { type RecordCommand, recordNothing } from "../history/command-record.ts";
import { recordSupervisors } from "../history/record-command.ts";
import type { Link } from "../links/link.ts";
import type { ActionProgress } from "./action-log.ts";
import { failureOf, type SupervisorResult } from "./action-result.ts";
import { followSupervisor, type SupervisorFollower } from "./follow-supervisor.ts";
import { OUTCOME_TIMEOUT_MS, UNTOLD } from "./process-actions.ts";
import type { Requester } from "./requester.ts";
import { goalOf, SUPERVISOR_DOINGS, type SupervisorAction } from "./supervisor-doings.ts";
import type { SupervisorGoal } from "./supervisor-verdict.ts";

export type SupervisorActions = {
  /**
   * @param groups of `update` (none: all), `add` and `remove`
   * @param progress told of each process that it stops
   * @returns one result for each name, in order, or for each group of each that is added or removed, when all outcomes
   *   are known or overdue
   */
  readonly perform: (
    action: SupervisorAction,
    names: readonly SupervisorName[],
    by?: Requester,
    groups?: readonly string[],
    progress?: ActionProgress,
  ) => Promise<SupervisorResult[]>;
  /** A link reports that the update of a group (`web:*`) could not be finished. @returns false: it is none of ours */
  readonly failed: (supervisor: SupervisorName, failure: Failure) => boolean;
};

/** After each of these an update of what did not run is asked for once more. */
const LOOK_AGAIN_MS = [200, 1_000, 3_000];

export function createSupervisorActions(deps: {
  readonly fleet: Fleet;
  readonly link: (name: SupervisorName) => Link | null;
  /** where it is written down who asked for what */
  readonly record?: RecordCommand;
  readonly nowMs?: () => number;
  readonly outcomeTimeoutMs?: number;
}): SupervisorActions {
  const { fleet, link, record = recordNothing, nowMs = Date.now, outcomeTimeoutMs = OUTCOME_TIMEOUT_MS } = deps;
  const followers = new Set<SupervisorFollower>();

  async function performOn(
    action: SupervisorAction,
    supervisor: SupervisorName,
    groups: readonly string[],
    progress: ActionProgress,
  ): Promise<SupervisorResult[]> {
    const calls = SUPERVISOR_DOINGS[action].calls(groups);
    const about = calls.map((call) => ({ supervisor, ...("group" in call && { group: call.group }) }));
    const follower = followSupervisor(fleet, supervisor, progress);
    followers.add(follower);
    try {
      const one = link(supervisor);
      if (one === null) throw new MultivisorError("BAD_NAME", `no such supervisor: ${supervisor}`);
      const answers = await one.command(calls);
      return await Promise.all(
        about.map((target, i) => outcomeOf(action, target, answers[i], { follower, link: one })),
      );
    } catch (error) {
      return about.map((target) => failed(action, target, failureOf(error)));
    } finally {
      followers.delete(follower);
      follower.end();
    }
  }

  async function outcomeOf(
    action: SupervisorAction,
    target: Target,
    answer: CallResult | undefined,
    { follower, link: one }: { follower: SupervisorFollower; link: Link },
  ): Promise<SupervisorResult> {
    if (answer === undefined) return failed(action, target, { code: "BAD_WIRE", message: "no answer" });
    if (!answer.ok) return failed(action, target, { ...answer, code: answer.code as ErrorCode });
    const goal = goalOf(action, answer.reread);
    if (goal === null) return done(action, target, answer.reread);
    follower.expect(goal);
    const open = (await follower.outcome(goal, outcomeTimeoutMs)) ?? (await notApplied(goal, follower, one));
    const failures = follower.failures();
    if (failures.length > 0) return failed(action, target, { code: "FAILED", message: failures.join("; ") });
    return open === null ? done(action, target, answer.reread) : overdue(action, target, open);
  }

  /** Of groups of which nothing ran no event tells that they were changed: supervisord is asked. @returns null: they were */
  async function notApplied(goal: SupervisorGoal, follower: SupervisorFollower, one: Link): Promise<string | null> {
    if (goal.action !== "update") return null;
    let open = goal.changes.changed.filter((group) => !follower.ran(group));
    for (const ms of LOOK_AGAIN_MS) {
      if (open.length === 0 || follower.failures().length > 0) return null;
      await Bun.sleep(ms);
      const [answer] = await one.command([{ method: "reread" }]);
      const still: readonly string[] = answer?.ok ? (answer.reread?.changed ?? []) : open;
      open = open.filter((group) => still.includes(group));
    }
    return open.length === 0 ? null : `${open.join(", ")} not yet updated`;
  }

  function done(action: SupervisorAction, target: Target, reread: RereadResult | undefined): SupervisorResult {
    fleet.notify(SUPERVISOR_DOINGS[action].done(target.supervisor, { ...target, ...(reread && { reread }) }), "INFO", {
      supervisor: target.supervisor,
    });
    return { ...target, ok: true, ...(reread && { reread }) };
  }

  function overdue(action: SupervisorAction, target: Target, open: string): SupervisorResult {
    const after = `after ${outcomeTimeoutMs / 1_000} s`;
    const message = `${action} of ${target.supervisor} was accepted, ${after} ${open}`;
    fleet.notify(`Waiting longer: ${message}`, "INFO", { supervisor: target.supervisor });
    return { ...target, ok: false, code: "TIMEOUT", pending: true, message };
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
    failed(supervisor, failure) {
      const known = [...followers].some((follower) => follower.fail(supervisor, failure));
      if (known || !failure.namespec.endsWith(":*")) return known;
      const group = failure.namespec.slice(0, -":*".length);
      fleet.notify(`Error trying to update ${group} of ${supervisor}!`, "ERROR", {
        supervisor,
        reason: failure.message,
      });
      return true;
    },
    async perform(action, names, by, groups = [], progress = UNTOLD) {
      const theirs = names.filter((name) => notTheirs(by, name) === null);
      const asked = { by, method: SUPERVISOR_DOINGS[action].method, detail: groups.join(", "), patterns: names };
      const recordOutcome = recordSupervisors({ record, fleet, nowMs }, asked, theirs);
      const refusedOrDone = (name: SupervisorName) => {
        const refusal = notTheirs(by, name);
        return refusal === null ? performOn(action, name, groups, progress) : [refusal];
      };
      const results = (await Promise.all(names.map(refusedOrDone))).flat();
      recordOutcome(results);
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
