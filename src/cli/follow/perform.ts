import { printable } from "../../lib/printable.ts";
import { until } from "../../lib/until.ts";
import type { ActionResult, HubProcess } from "../../protocol/hub.ts";
import type { CliContext } from "../cli-command.ts";
import { followAction } from "./follow-action.ts";
import { isUndecided, lateOutcome, outcomeByState } from "./late-outcome.ts";
import { createLiveFleet, type LiveFleet } from "./live-fleet.ts";
import { type Action, type Outcome, outcomeLine, outcomeOf } from "./outcome.ts";
import { showProgress } from "./progress.ts";

const STREAM_DEADLINE_MS = 3_000;

const GOAL = { start: "RUNNING", stop: "STOPPED", restart: "RUNNING" } as const;

export type PerformOptions = {
  /** false: return as soon as the hub has it */
  readonly wait: boolean;
  /** null: as long as it takes */
  readonly timeoutMs: number | null;
};

export type Performed = { readonly outcomes: readonly Outcome[]; readonly isInterrupted: boolean };

/**
 * Has the hub do it and follows each target to its outcome, a line for each as it comes. What was asked goes on when we
 * stop waiting.
 */
export async function perform(
  context: CliContext,
  action: Action,
  processes: readonly HubProcess[],
  { wait, timeoutMs }: PerformOptions,
): Promise<Performed> {
  const uids = processes.map(({ uid }) => uid);
  const scope = new AbortController();
  const limit = AbortSignal.any([context.signal, ...(timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)])]);
  const fleet = await following(context, AbortSignal.any([context.signal, scope.signal]));
  const progress = showProgress(context, fleet, uids, GOAL[action]);
  const outcomes = new Map<string, Outcome>();
  const settle = async (outcome: Outcome, line = outcomeLine(action, outcome)) => {
    outcomes.set(outcome.uid, outcome);
    await progress.done(outcome.uid, line);
  };
  const undecided = () => processes.filter(({ uid }) => !outcomes.has(uid));
  let hasBegun = false;
  try {
    const id = await context.hub().begin(action, uids, limit);
    hasBegun = true;
    if (wait) await settleAll({ context, fleet, action, settle, undecided }, id, limit);
    else for (const { uid } of processes) await settle(asked(action, uid), printable(`${uid}: ${action} asked for`));
  } catch (error) {
    if (!limit.aborted) throw error;
  } finally {
    progress.end();
    scope.abort();
  }
  if (context.signal.aborted) tellPending(context, fleet, action, undecided(), hasBegun);
  else for (const { uid } of undecided()) await settle(overdue(fleet, action, uid, timeoutMs ?? 0, hasBegun));
  const inOrder = uids.flatMap((uid) => outcomes.get(uid) ?? []);
  return { outcomes: inOrder, isInterrupted: context.signal.aborted };
}

type Performing = {
  readonly context: CliContext;
  readonly fleet: LiveFleet;
  readonly action: Action;
  readonly settle: (outcome: Outcome) => Promise<void>;
  readonly undecided: () => readonly HubProcess[];
};

/** As the hub tells it; of what the hub no longer waits for, and of what another hub began, as the stream tells it. */
async function settleAll(performing: Performing, id: string, limit: AbortSignal): Promise<void> {
  const { context, fleet, action, settle, undecided } = performing;
  const later = new Map<string, Promise<void>>();
  const decide = async (outcome: Promise<Outcome>) => {
    const decided = await outcome;
    if (!limit.aborted) await settle(decided);
  };
  const onResults = async (results: readonly ActionResult[]) => {
    const open = new Set(undecided().map(({ uid }) => uid));
    for (const result of results) {
      const outcome = outcomeOf(result);
      if (!open.has(outcome.uid) || later.has(outcome.uid)) continue;
      if (!isUndecided(result)) await settle(outcome);
      else later.set(outcome.uid, decide(lateOutcome(fleet, action, outcome, limit)));
    }
  };
  const onTrouble = (message: string) => context.err(printable(message));
  const end = await followAction({ hub: context.hub(), fleet, onResults, onTrouble }, id, limit);
  const untold = undecided().filter(({ uid }) => !later.has(uid));
  if (end.kind === "forgotten")
    for (const one of untold) later.set(one.uid, decide(outcomeByState(fleet, action, one, limit)));
  if (end.kind === "over")
    for (const { uid } of untold)
      await settle({ uid, ok: false, code: "FAILED", message: end.error ?? UNTOLD, state: null });
  await Promise.all(later.values());
}

const UNTOLD = "the hub did not say what became of it";

/** A stream that cannot be had costs the live lines only. */
async function following(context: CliContext, signal: AbortSignal): Promise<LiveFleet> {
  const fleet = createLiveFleet(context.hub());
  void fleet.run(signal);
  let failed = false;
  const unsubscribe = fleet.subscribe((news) => {
    failed ||= news.kind === "lost";
  });
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(STREAM_DEADLINE_MS)]);
  await until(fleet.subscribe, () => failed || fleet.isConnected(), deadline);
  unsubscribe();
  return fleet;
}

const stateNow = (fleet: LiveFleet, uid: string) => fleet.process(uid)?.statename ?? null;

const goesOn = (action: Action, hasBegun: boolean): string =>
  hasBegun ? `the hub goes on with the ${action}` : `whether the hub has begun the ${action} is not known`;

const asked = (action: Action, uid: string): Outcome => ({
  uid,
  ok: true,
  message: `${action} asked for`,
  state: null,
});

const overdue = (fleet: LiveFleet, action: Action, uid: string, timeoutMs: number, hasBegun: boolean): Outcome => {
  const state = stateNow(fleet, uid);
  const message = `after ${timeoutMs / 1_000} s it is ${state ?? "not known"}; ${goesOn(action, hasBegun)}`;
  return { uid, ok: false, code: "TIMEOUT", message, state };
};

function tellPending(
  { err }: CliContext,
  fleet: LiveFleet,
  action: Action,
  processes: readonly HubProcess[],
  hasBegun: boolean,
): void {
  if (processes.length === 0) return;
  const some = processes.slice(0, 3).map(({ uid }) => `${uid} (${stateNow(fleet, uid) ?? "asked"})`);
  const more = processes.length > some.length ? ` and ${processes.length - some.length} more` : "";
  err(printable(`interrupted: ${goesOn(action, hasBegun)} of ${some.join(", ")}${more}`));
}
