import { parseUid, type SupervisorName } from "../../domain/names.ts";
import { isStarted } from "../../domain/states.ts";
import { until } from "../../lib/until.ts";
import type { Failure } from "../../protocol/agent.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import type { ActionProgress } from "./action-log.ts";
import { isReached, openGroups, type SupervisorGoal } from "./supervisor-verdict.ts";

export type SupervisorFollower = {
  /** What it stops is told from here on, process by process. */
  readonly expect: (goal: SupervisorGoal) => void;
  /** @returns null: it has come to it; else what is still open, in words */
  readonly outcome: (goal: SupervisorGoal, timeoutMs: number) => Promise<string | null>;
  /** Did something of the group run when it was asked? */
  readonly ran: (group: string) => boolean;
  /** of groups that could not be updated: "web: no such file" */
  readonly failures: () => readonly string[];
  /** The update of a group failed after it had been accepted. @returns false where that is none of ours */
  readonly fail: (supervisor: SupervisorName, failure: Failure) => boolean;
  readonly end: () => void;
};

/** Must begin before the command is sent: what is quick is over when the answer comes. */
export function followSupervisor(fleet: FleetView, name: SupervisorName, progress: ActionProgress): SupervisorFollower {
  const now = () => fleet.supervisors().get(name);
  const ran = new Map(
    [...(now()?.processes.values() ?? [])]
      .filter(({ state, isAgent }) => !isAgent && (isStarted(state) || state === "STOPPING"))
      .map(({ uid, group }) => [uid as string, group]),
  );
  const seen = {
    left: false,
    touched: new Set<string>(),
    failed: new Map<string, string>(),
    ran: new Set(ran.values()),
  };
  let awaited = new Set<string>();
  let wake = () => {};

  /** what is quick ends before it is known that it was to end */
  const ended = new Set<string>();
  const tell = (uid: string) => {
    ended.add(uid);
    if (awaited.delete(uid)) progress.result({ uid, ok: true, state: "STOPPED" });
  };
  const take = (change: FleetChange) => {
    if (change.kind === "transition" && change.process.supervisor === name) {
      seen.touched.add(change.process.group);
      if (!isStarted(change.process.state) && change.process.state !== "STOPPING") tell(change.process.uid);
    } else if (change.kind === "process_removed" && change.supervisor === name) {
      seen.touched.add(parseUid(change.uid)?.group ?? "");
      tell(change.uid);
    } else if (change.kind === "supervisor" && change.supervisor.name === name) {
      const { link, facts } = change.supervisor;
      if (link.status !== "live" || facts?.state === "STOPPING") seen.left = true;
    }
    wake();
  };
  const unsubscribe = fleet.subscribe(take);

  return {
    expect(goal) {
      const groups = goal.action === "update" ? [...goal.changes.removed, ...goal.changes.changed] : null;
      awaited = new Set([...ran].flatMap(([uid, group]) => (groups?.includes(group) === false ? [] : [uid])));
      progress.targets([...awaited]);
      for (const uid of ended) tell(uid);
    },
    async outcome(goal, timeoutMs) {
      const listen = (listener: () => void) => {
        wake = listener;
        return () => {
          wake = () => {};
        };
      };
      const reached = await until(listen, () => isReached(goal, seen, now()), AbortSignal.timeout(timeoutMs));
      const last = now();
      if (reached || last === undefined) return null;
      if (goal.action === "update") return `${openGroups(goal.changes, seen, last).join(", ")} not yet updated`;
      return last.link.status === "live" ? "it is still there" : "it is not back";
    },
    ran: (group) => seen.ran.has(group),
    failures: () => [...seen.failed].map(([group, reason]) => `${group}: ${reason}`),
    fail(supervisor, { namespec, message }) {
      if (supervisor !== name || !namespec.endsWith(":*")) return false;
      seen.failed.set(namespec.slice(0, -":*".length), message);
      wake();
      return true;
    },
    end: unsubscribe,
  };
}
