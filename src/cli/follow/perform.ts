import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { printable } from "../../lib/printable.ts";
import { until } from "../../lib/until.ts";
import type { HubProcess } from "../../protocol/hub.ts";
import type { CliContext } from "../cli-command.ts";
import { isUndecided, lateOutcome } from "./late-outcome.ts";
import { createLiveFleet, type LiveFleet } from "./live-fleet.ts";
import { type Action, type Outcome, outcomeLine, outcomeOf } from "./outcome.ts";
import { type Progress, showProgress } from "./progress.ts";

const STREAM_DEADLINE_MS = 3_000;

const GOAL = { start: "RUNNING", stop: "STOPPED", restart: "RUNNING" } as const;

export type PerformOptions = {
  /** false: return as soon as the hub has it and either something moves or it has answered */
  readonly wait: boolean;
  /** null: as long as it takes */
  readonly timeoutMs: number | null;
};

export type Performed = { readonly outcomes: readonly Outcome[]; readonly isInterrupted: boolean };

/**
 * Has the hub do it and follows each target to its outcome, by the hub's answer and, where that comes before the end, by
 * the stream. Prints a line for each. What was asked goes on when we stop waiting.
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
  const settle = async (outcome: Outcome) => {
    outcomes.set(outcome.uid, outcome);
    await progress.done(outcome.uid, outcomeLine(action, outcome));
  };
  try {
    const more = wait ? {} : { wait: "0" };
    const answer = context.hub().onProcesses(action, uids, { more, signal: wait ? limit : scope.signal });
    const results = (wait ? await answer : await accepted(answer, fleet, uids, limit)) ?? [];
    const first = results.map(outcomeOf);
    const late = first.filter((outcome) => wait && isUndecided(outcome));
    for (const outcome of first) if (!late.includes(outcome)) await settle(outcome);
    const decide = async (one: Outcome) => {
      const outcome = await lateOutcome(fleet, action, one, limit);
      if (!limit.aborted) await settle(outcome);
    };
    await Promise.all(late.map(decide));
    if (!wait) for (const uid of undecided(uids, outcomes)) await settle(onItsWay(fleet, uid));
  } catch (error) {
    if (!limit.aborted) await lostAnswer(error, progress, settle);
  } finally {
    progress.end();
    scope.abort();
  }
  if (context.signal.aborted) tellPending(context, fleet, action, undecided(uids, outcomes));
  else if (wait) for (const uid of undecided(uids, outcomes)) await settle(overdue(fleet, action, uid, timeoutMs ?? 0));
  return { outcomes: [...outcomes.values()], isInterrupted: context.signal.aborted };
}

const undecided = (uids: readonly string[], outcomes: ReadonlyMap<string, Outcome>): string[] =>
  uids.filter((uid) => !outcomes.has(uid));

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

/** A hub that does not know `wait=0` answers when all is over: the first thing that each target does is enough. */
async function accepted<T>(answer: Promise<T>, fleet: LiveFleet, uids: readonly string[], limit: AbortSignal) {
  const moved = new Set<string>();
  const unsubscribe = fleet.subscribe((news) => {
    if (news.kind === "process") moved.add(news.process.uid);
  });
  const deadline = AbortSignal.any([limit, AbortSignal.timeout(STREAM_DEADLINE_MS)]);
  const allMoved = until(fleet.subscribe, () => uids.every((uid) => moved.has(uid)), deadline).then(() => null);
  const first = await Promise.race([answer, allMoved]);
  unsubscribe();
  answer.catch(() => {});
  return first;
}

/** The hub went away in the middle: nobody says how it ended. */
async function lostAnswer(error: unknown, progress: Progress, settle: (outcome: Outcome) => Promise<void>) {
  const code = error instanceof MultivisorError ? error.code : "FAILED";
  if (code === "UNAUTHORIZED" || code === "UNKNOWN_METHOD" || code === "FORBIDDEN") throw error;
  const message = `no outcome known, ${messageOf(error)}`;
  for (const uid of progress.pending()) await settle({ uid, ok: false, code, message, state: null });
}

const onItsWay = (fleet: LiveFleet, uid: string): Outcome => {
  const state = fleet.process(uid)?.statename ?? null;
  return { uid, ok: true, message: "on its way", state };
};

const overdue = (fleet: LiveFleet, action: Action, uid: string, timeoutMs: number): Outcome => {
  const state = fleet.process(uid)?.statename ?? null;
  const message = `after ${timeoutMs / 1_000} s it is ${state ?? "not known"}; the hub goes on with the ${action}`;
  return { uid, ok: false, code: "TIMEOUT", message, state };
};

function tellPending(context: CliContext, fleet: LiveFleet, action: Action, uids: readonly string[]): void {
  if (uids.length === 0) return;
  const some = uids.slice(0, 3).map((uid) => `${uid} (${fleet.process(uid)?.statename ?? "asked"})`);
  const more = uids.length > some.length ? ` and ${uids.length - some.length} more` : "";
  context.err(printable(`interrupted: the hub goes on with the ${action} of ${some.join(", ")}${more}`));
}
