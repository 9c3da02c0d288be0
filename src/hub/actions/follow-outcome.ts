import type { ProcessUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { isStarted, type ProcessStateName } from "../../domain/states.ts";
import { until } from "../../lib/until.ts";
import type { FleetView } from "../fleet-view.ts";
import type { ProcessResult } from "./action-result.ts";

export type ProcessAction = "start" | "stop" | "restart";

/** "pending" until the states that were passed since the action began say how it went. */
type Verdict = "pending" | "done" | "failed";

const STARTED_AND: Record<ProcessStateName, Verdict> = {
  STARTING: "pending",
  RUNNING: "done",
  BACKOFF: "failed",
  FATAL: "failed",
  EXITED: "failed",
  STOPPING: "pending",
  STOPPED: "failed",
  UNKNOWN: "failed",
};

/** supervisord ends every stop that it accepted in STOPPED; an EXITED was on its way before. */
const STOPPED_AND: Record<ProcessStateName, Verdict> = {
  STOPPED: "done",
  EXITED: "pending",
  FATAL: "pending",
  BACKOFF: "pending",
  STARTING: "pending",
  RUNNING: "pending",
  STOPPING: "pending",
  UNKNOWN: "failed",
};

/**
 * @param before the state that it was known in just before the action
 * @param seen the states that the process entered since then, in order
 */
export function verdict(action: ProcessAction, before: ProcessStateName, seen: readonly ProcessStateName[]): Verdict {
  if (action === "stop") return firstSettled(seen, STOPPED_AND);
  const end = action === "restart" ? endBefore(before, seen) : 0;
  const start = end < 0 ? -1 : seen.indexOf("STARTING", end);
  return start < 0 ? "pending" : firstSettled(seen.slice(start), STARTED_AND);
}

const ENDED: ReadonlySet<ProcessStateName> = new Set(["STOPPED", "EXITED", "FATAL"]);

/**
 * The start of a restart comes after the end of the run before. A STARTING without it is of that run: in the first second
 * of its life supervisord tells late of what it has started. One that has ended by itself supervisord may have started
 * again before it was told to stop it: then it is STOPPED before it is started by us.
 * @returns where in `seen` the run before is over; -1: it is not
 */
function endBefore(before: ProcessStateName, seen: readonly ProcessStateName[]): number {
  if (before === "STOPPED" || before === "FATAL") return 0;
  const stopped = seen.indexOf("STOPPED");
  if (stopped >= 0) return stopped;
  return isStarted(before) || before === "STOPPING" ? seen.findIndex((state) => ENDED.has(state)) : 0;
}

const firstSettled = (seen: readonly ProcessStateName[], of: Record<ProcessStateName, Verdict>): Verdict =>
  seen.map((state) => of[state]).find((one) => one !== "pending") ?? "pending";

export type Follower = {
  /** Waits until the outcome of the action on this process is known, or `timeoutMs` is over. */
  readonly outcome: (action: ProcessAction, uid: ProcessUid, timeoutMs: number) => Promise<ProcessResult>;
  /** The action could not be finished after it had been accepted. @returns false where it follows no such process */
  readonly fail: (uid: ProcessUid, result: ProcessResult) => boolean;
  readonly end: () => void;
};

/** Must begin before the command is sent: a quick process has passed all its states when the answer comes. */
export function followOutcomes(fleet: FleetView, uids: readonly ProcessUid[]): Follower {
  const before = new Map(uids.map((uid) => [uid, fleet.process(uid)?.state ?? "UNKNOWN"]));
  const seen = new Map<ProcessUid, ProcessStateName[]>(uids.map((uid) => [uid, []]));
  const failed = new Map<ProcessUid, ProcessResult>();
  const waiting = new Map<ProcessUid, () => void>();
  const unsubscribe = fleet.subscribe((change) => {
    const uid =
      change.kind === "transition" ? change.process.uid : change.kind === "process_removed" ? change.uid : null;
    if (uid === null || !seen.has(uid)) return;
    seen.get(uid)?.push(change.kind === "transition" ? change.transition.toState : "STOPPED");
    waiting.get(uid)?.();
  });
  return {
    async outcome(action, uid, timeoutMs) {
      const judge = () => verdict(action, before.get(uid) ?? "UNKNOWN", seen.get(uid) ?? []);
      const listen = (listener: () => void) => {
        waiting.set(uid, listener);
        return () => waiting.delete(uid);
      };
      await until(listen, () => failed.has(uid) || judge() !== "pending", AbortSignal.timeout(timeoutMs));
      return failed.get(uid) ?? resultOf(action, judge(), uid, fleet.process(uid), timeoutMs);
    },
    fail(uid, result) {
      if (!seen.has(uid)) return false;
      failed.set(uid, result);
      waiting.get(uid)?.();
      return true;
    },
    end: unsubscribe,
  };
}

function resultOf(
  action: ProcessAction,
  how: Verdict,
  uid: ProcessUid,
  process: FleetProcess | null,
  timeoutMs: number,
): ProcessResult {
  const state = process?.state ?? "UNKNOWN";
  if (how === "done") return { uid, ok: true, state };
  if (how === "failed") {
    const why = process?.spawnerr ? `, ${process.spawnerr}` : "";
    const message = `Cannot ${action} ${uid}: it is ${state}${why}`;
    return { uid, ok: false, code: "ABNORMAL_TERMINATION", message, state };
  }
  const after = `after ${timeoutMs / 1_000} s`;
  // supervisord has accepted a start and waits for startsecs: nothing has failed
  if (action !== "stop" && state === "STARTING") return { uid, ok: true, state, message: `still STARTING ${after}` };
  return {
    uid,
    ok: false,
    code: "TIMEOUT",
    pending: true,
    message: `${action} of ${uid} was accepted, ${after} it is ${state}`,
    state,
  };
}
