import type { RereadResult } from "../../domain/call.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";

/** What can be asked of supervisord through the hub; append only, the history keeps the places. */
export const ACTION_METHODS = [
  "start",
  "stop",
  "restart",
  "signal",
  "update",
  "reread",
  "restart_supervisord",
  "shutdown",
  "clear_logs",
  "stdin",
  "add_group",
  "remove_group",
] as const;

export type ActionMethod = (typeof ACTION_METHODS)[number];

/** What may come from an action: steps of a process, and of a group (`g:` in the place of a name). */
export type ActionStep = "stop" | "start" | "end" | "added" | "removed";

/** One thing that was asked of one supervisord. */
export type SentAction = {
  readonly id: number;
  readonly method: ActionMethod;
  /** the host's clock, as well as the hub knows it */
  readonly atMs: number;
  /** null: all of that supervisord */
  readonly processes: ReadonlySet<Namespec> | null;
  /** groups that it was about, as became known later; without them: all */
  readonly changes?: RereadResult;
  /** host's clock: what it did was seen to be done by then; without it: not known */
  readonly doneMs?: number;
};

/** How long after it was asked a step may come from it; a start after a stop waits for up to `stopwaitsecs`. */
const WITHIN_MS: Record<ActionMethod, Partial<Record<ActionStep, number>>> = {
  start: { start: 30_000 },
  stop: { stop: 30_000 },
  restart: { stop: 30_000, start: 600_000 },
  signal: { end: 5_000, stop: 5_000 },
  update: { stop: 120_000, start: 120_000, added: 120_000, removed: 120_000 },
  reread: {},
  restart_supervisord: { stop: 120_000, start: 300_000, added: 300_000 },
  shutdown: { stop: 120_000 },
  clear_logs: {},
  stdin: { end: 5_000 },
  add_group: { start: 30_000, added: 30_000 },
  remove_group: { removed: 30_000 },
};

/** Clocks of hosts are known to about this much. */
const CLOCK_SLACK_MS = 2_000;
/** What was done is told this much later at most: by a host that is asked and does not tell by itself. */
const TOLD_WITHIN_MS = 10_000;
const MAX_ACTIONS = 1_000;

/** Whether what was applied does this to that group. */
function isOf({ added, changed, removed }: RereadResult, name: Namespec, step: ActionStep): boolean {
  const group = name.slice(0, name.indexOf(":"));
  const isBeginning = step === "start" || step === "added";
  return changed.includes(group) || (isBeginning ? added : removed).includes(group);
}

/** Remembers what was asked, so that the steps that follow can be laid to it. */
export function createSentActions() {
  const sent = new Map<SupervisorName, SentAction[]>();
  const taken = new Set<string>();
  const key = (action: SentAction, supervisor: SupervisorName, name: Namespec, step: ActionStep) =>
    `${action.id} ${step} ${supervisor} ${name}`;

  const explains = (action: SentAction, name: Namespec, step: ActionStep, atMs: number): boolean => {
    const withinMs = WITHIN_MS[action.method][step];
    if (withinMs === undefined || (action.processes !== null && !action.processes.has(name))) return false;
    if (action.changes !== undefined && !isOf(action.changes, name, step)) return false;
    const { doneMs = Number.POSITIVE_INFINITY } = action;
    const endMs = Math.min(action.atMs + withinMs, doneMs + TOLD_WITHIN_MS);
    return action.atMs - CLOCK_SLACK_MS <= atMs && atMs <= endMs;
  };

  return {
    add(supervisor: SupervisorName, action: SentAction): void {
      const actions = [...(sent.get(supervisor) ?? []), action];
      if (actions.length > MAX_ACTIONS) forget(actions.shift());
      sent.set(supervisor, actions);
    },
    /** It is done, and explains what it did to these groups and nothing else. @param tookMs since it was asked */
    narrow(supervisor: SupervisorName, id: number, changes: RereadResult, tookMs: number): void {
      const actions = sent.get(supervisor) ?? [];
      sent.set(
        supervisor,
        actions.map((action) => (action.id === id ? { ...action, changes, doneMs: action.atMs + tookMs } : action)),
      );
    },
    /** The newest that can explain it; it does so once. @param atMs of the step, host's clock */
    take(supervisor: SupervisorName, name: Namespec, step: ActionStep, atMs: number): SentAction | null {
      const isFree = (action: SentAction) => !taken.has(key(action, supervisor, name, step));
      const found = sent.get(supervisor)?.findLast((action) => explains(action, name, step, atMs) && isFree(action));
      if (found === undefined) return null;
      taken.add(key(found, supervisor, name, step));
      return found;
    },
    /** All of it is told again, to a history that has nothing of it. */
    giveBackAll: (): void => taken.clear(),
    /** It did not explain it after all. */
    giveBack(action: SentAction, supervisor: SupervisorName, name: Namespec, step: ActionStep): void {
      taken.delete(key(action, supervisor, name, step));
    },
  };

  function forget(action: SentAction | undefined): void {
    if (action === undefined) return;
    for (const key of taken) if (key.startsWith(`${action.id} `)) taken.delete(key);
  }
}

export type SentActions = ReturnType<typeof createSentActions>;
