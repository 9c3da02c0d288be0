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

/** What a transition does that may come from an action. */
export type ActionStep = "stop" | "start" | "end";

/** One thing that was asked of one supervisord. */
export type SentAction = {
  readonly id: number;
  readonly method: ActionMethod;
  /** the host's clock, as well as the hub knows it */
  readonly atMs: number;
  /** null: all of that supervisord */
  readonly processes: ReadonlySet<Namespec> | null;
};

/** How long after it was asked a step may come from it; a start after a stop waits for up to `stopwaitsecs`. */
const WITHIN_MS: Record<ActionMethod, Partial<Record<ActionStep, number>>> = {
  start: { start: 30_000 },
  stop: { stop: 30_000 },
  restart: { stop: 30_000, start: 600_000 },
  signal: { end: 5_000, stop: 5_000 },
  update: { stop: 120_000, start: 120_000 },
  reread: {},
  restart_supervisord: { stop: 120_000, start: 300_000 },
  shutdown: { stop: 120_000 },
  clear_logs: {},
  stdin: { end: 5_000 },
  add_group: { start: 30_000 },
  remove_group: {},
};

/** Clocks of hosts are known to about this much. */
const CLOCK_SLACK_MS = 2_000;
const MAX_ACTIONS = 1_000;

/** Remembers what was asked, so that the steps that follow can be laid to it. */
export function createSentActions() {
  const sent = new Map<SupervisorName, SentAction[]>();
  const taken = new Set<string>();

  const explains = (action: SentAction, name: Namespec, step: ActionStep, atMs: number): boolean => {
    const withinMs = WITHIN_MS[action.method][step];
    if (withinMs === undefined || (action.processes !== null && !action.processes.has(name))) return false;
    return action.atMs - CLOCK_SLACK_MS <= atMs && atMs <= action.atMs + withinMs;
  };

  return {
    add(supervisor: SupervisorName, action: SentAction): void {
      const actions = [...(sent.get(supervisor) ?? []), action];
      if (actions.length > MAX_ACTIONS) forget(actions.shift());
      sent.set(supervisor, actions);
    },
    /** The newest that can explain it; it does so once. @param atMs of the step, host's clock */
    take(supervisor: SupervisorName, name: Namespec, step: ActionStep, atMs: number): SentAction | null {
      const key = (action: SentAction) => `${action.id} ${step} ${supervisor} ${name}`;
      const found = sent.get(supervisor)?.findLast((a) => explains(a, name, step, atMs) && !taken.has(key(a)));
      if (found === undefined) return null;
      taken.add(key(found));
      return found;
    },
  };

  function forget(action: SentAction | undefined): void {
    if (action === undefined) return;
    for (const key of taken) if (key.startsWith(`${action.id} `)) taken.delete(key);
  }
}

export type SentActions = ReturnType<typeof createSentActions>;
