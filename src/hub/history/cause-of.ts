import type { Cause } from "../../domain/cause.ts";
import type { Transition } from "../../domain/journal-entry.ts";
import type { ActionStep, SentAction } from "./sent-actions.ts";

/** What the history knows of the process just before; times are the host's clock. */
export type Before = {
  readonly state: string;
  readonly atMs: number;
  readonly cause: Cause | null;
  readonly actionId: number | null;
};

/** What the history knows of its supervisord. */
export type Surroundings = {
  /** when it began to run; null: not known, or it ends */
  readonly runningSinceMs: number | null;
  readonly isStopping: boolean;
  /** it ended, or was away, and has not said yet that it runs again */
  readonly isStarting: boolean;
  /** end of the last time of which nothing is known; null: none */
  readonly gapEndMs: number | null;
  /** the group of the process was added since it runs: it is not autostart that starts it */
  readonly isAdded: boolean;
  /** Takes the action that this step can come from, if there is one: each explains each step of a process once. */
  readonly take: (step: ActionStep) => SentAction | null;
};

export type CauseOf = { readonly cause: Cause | null; readonly actionId: number | null };

/** supervisord starts anew what has ended within its next rounds. */
const AUTORESTART_MS = 5_000;
/** It starts what is autostart right after it began to run. */
const AUTOSTART_MS = 10_000;
/** After a time of which nothing is known, what is found says nothing of why. */
const FOUND_MS = 10_000;

const UNKNOWN: CauseOf = { cause: null, actionId: null };
const plain = (cause: Cause): CauseOf => ({ cause, actionId: null });

/**
 * Why a process entered a state.
 * @param before asked where it matters only: after a start of the hub it is looked up in the history
 */
export function causeOf(t: Transition, before: () => Before | null, around: Surroundings): CauseOf {
  const ofUser = (step: ActionStep): CauseOf | null => {
    const action = around.take(step);
    return action === null ? null : { cause: "user", actionId: action.id };
  };
  const isFound = t.sampled && around.gapEndMs !== null && t.atMs - around.gapEndMs < FOUND_MS;
  const somebody = t.fromState === null || isFound ? UNKNOWN : plain("host");
  switch (t.toState) {
    case "STOPPING":
      return ofUser("stop") ?? (around.isStopping ? plain("supervisord_stop") : somebody);
    case "STOPPED":
      return (
        inherited(before(), "STOPPING") ?? ofUser("stop") ?? (around.isStopping ? plain("supervisord_stop") : somebody)
      );
    case "STARTING":
      return startOf(t, before, around, ofUser, somebody);
    case "RUNNING":
      return inherited(before(), "STARTING") ?? ofUser("start") ?? UNKNOWN;
    case "EXITED":
      return ofUser("end") ?? endOf(t.expected);
    case "BACKOFF":
    case "FATAL":
      return plain("crash");
    case "UNKNOWN":
      return UNKNOWN;
  }
}

/** Why a group was added or removed: supervisord does it by itself before it says that it runs. */
export function causeOfGroup(change: "ADDED" | "REMOVED", atMs: number, around: Surroundings): CauseOf {
  const action = around.take(change === "ADDED" ? "added" : "removed");
  if (action !== null) return { cause: "user", actionId: action.id };
  if (around.isStarting) return plain("supervisord_start");
  return around.gapEndMs !== null && atMs - around.gapEndMs < FOUND_MS ? UNKNOWN : plain("host");
}

const endOf = (expected: boolean | null): CauseOf => (expected === null ? UNKNOWN : plain(expected ? "exit" : "crash"));

function startOf(
  t: Transition,
  beforeIt: () => Before | null,
  around: Surroundings,
  ofUser: (step: ActionStep) => CauseOf | null,
  somebody: CauseOf,
): CauseOf {
  if (t.fromState === "BACKOFF") return plain("autorestart");
  const asked = ofUser("start");
  if (asked !== null) return asked;
  const before = beforeIt();
  const since = around.runningSinceMs;
  const isNew = since !== null && (before === null || before.atMs < since);
  if (isNew && !around.isAdded && t.atMs - since < AUTOSTART_MS) return plain("supervisord_start");
  const endedMs = t.fromState === "EXITED" && before?.state === "EXITED" ? before.atMs : null;
  return endedMs !== null && t.atMs - endedMs < AUTORESTART_MS ? plain("autorestart") : somebody;
}

/** A stop, or a start, has one cause from its beginning to its end. */
const inherited = (before: Before | null, state: Before["state"]): CauseOf | null =>
  before?.state === state ? { cause: before.cause, actionId: before.actionId } : null;
