import type { Supervisor } from "../../domain/supervisor.ts";
import type { RereadResult } from "../../protocol/agent.ts";

/** Where an action on a supervisord leads. */
export type SupervisorGoal =
  | { readonly action: "restart" }
  | { readonly action: "shutdown" }
  | { readonly action: "update"; readonly changes: RereadResult };

/** What was seen of it since just before it was asked. */
export type SeenOfSupervisor = {
  /** it was away, or on its way down */
  readonly left: boolean;
  /** groups of which a process ended, went or began */
  readonly touched: ReadonlySet<string>;
  /** groups that could not be updated, with the reason */
  readonly failed: ReadonlyMap<string, string>;
  /** groups of which something ran when it was asked: their end must be seen */
  readonly ran: ReadonlySet<string>;
};

const isBack = ({ link, facts }: Supervisor): boolean => link.status === "live" && facts?.state !== "STOPPING";

/** The groups that are not yet as they are to be. */
export function openGroups(changes: RereadResult, seen: SeenOfSupervisor, now: Supervisor): string[] {
  const there = new Set([...now.processes.values()].map(({ group }) => group));
  const isTouched = (group: string) => seen.touched.has(group) || !seen.ran.has(group);
  return [
    ...changes.removed.filter((group) => there.has(group)),
    ...changes.changed.filter((group) => !there.has(group) || !isTouched(group)),
    ...changes.added.filter((group) => !there.has(group)),
  ].filter((group) => !seen.failed.has(group));
}

/** Has it come to what was asked for? Not where its acceptance is all that is known. */
export function isReached(goal: SupervisorGoal, seen: SeenOfSupervisor, now: Supervisor | undefined): boolean {
  if (now === undefined) return true; // it has left the configuration: nothing more will be seen of it
  switch (goal.action) {
    case "restart":
      return seen.left && isBack(now);
    case "shutdown":
      return now.link.status === "down";
    case "update":
      return openGroups(goal.changes, seen, now).length === 0;
  }
}
