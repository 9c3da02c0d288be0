import { until } from "../../lib/until.ts";
import type { ActionResult, HubProcess, HubSupervisor } from "../../protocol/hub.ts";
import { isLive } from "../select/known-fleet.ts";
import type { LiveFleet } from "./live-fleet.ts";
import type { Action, Outcome } from "./outcome.ts";

/** The hub no longer waits, and supervisord has not finished: a stop that takes minutes, a long startsecs. */
export const isUndecided = ({ pending, ok, state }: ActionResult): boolean =>
  pending === true || (ok && state === "STARTING");

const SETTLED: Record<Action, Readonly<Record<string, boolean>>> = {
  stop: { STOPPED: true, EXITED: true, FATAL: true },
  start: { RUNNING: true, FATAL: false, EXITED: false, STOPPED: false },
  restart: { RUNNING: true, FATAL: false, EXITED: false },
};

/** What the stream tells of an action after the hub's own answer. @returns `before` where `signal` ends the waiting */
export async function lateOutcome(
  fleet: LiveFleet,
  action: Action,
  before: Outcome,
  signal: AbortSignal,
): Promise<Outcome> {
  const { uid } = before;
  const state = () => fleet.process(uid)?.statename;
  const isSettled = () => fleet.isConnected() && (SETTLED[action][state() ?? ""] !== undefined || isGone(fleet, uid));
  if (!(await until(fleet.subscribe, isSettled, signal))) return before;
  const now = state() ?? null;
  if (now === null)
    return { uid, ok: false, code: "HOST_UNREACHABLE", message: "its supervisor does not answer", state: null };
  return SETTLED[action][now] === true
    ? { uid, ok: true, state: now }
    : { uid, ok: false, code: "ABNORMAL_TERMINATION", message: `Cannot ${action} ${uid}: it is ${now}`, state: now };
}

/**
 * The hub that began it has ended, and the one that answers knows nothing of it: only the process itself can tell.
 * @param before as it was when it was asked for
 */
export async function outcomeByState(
  fleet: LiveFleet,
  action: Action,
  before: HubProcess,
  signal: AbortSignal,
): Promise<Outcome> {
  const { uid } = before;
  const now = () => fleet.process(uid);
  const isKnown = () => fleet.isConnected() && now() !== undefined;
  await until(fleet.subscribe, isKnown, AbortSignal.any([signal, AbortSignal.timeout(HOST_DEADLINE_MS)]));
  await until(fleet.subscribe, () => !UNDER_WAY.has(now()?.statename ?? ""), signal);
  const state = now()?.statename ?? null;
  const isDone = SETTLED[action][state ?? ""] === true && (action !== "restart" || now()?.pid !== before.pid);
  if (isDone) return { uid, ok: true, state };
  const message = `no outcome known, the hub was restarted; it is ${state ?? "not known"} now`;
  return { uid, ok: false, code: "HOST_UNREACHABLE", message, state };
}

/** A hub that was started finds its hosts again within that. */
const HOST_DEADLINE_MS = 10_000;

const UNDER_WAY: ReadonlySet<string> = new Set(["STARTING", "STOPPING"]);

const isGone = (fleet: LiveFleet, uid: string): boolean =>
  fleet.process(uid) === undefined || ![...fleet.supervisors().values()].some((one) => owns(one, uid) && isLive(one));

const owns = (supervisor: HubSupervisor, uid: string): boolean => uid in supervisor.processes;
