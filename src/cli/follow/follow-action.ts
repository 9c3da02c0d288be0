import { MultivisorError, messageOf } from "../../domain/errors.ts";
import { until } from "../../lib/until.ts";
import type { ActionResult } from "../../protocol/hub.ts";
import type { HubAction } from "../../protocol/hub-action.ts";
import type { HubClient } from "../../protocol/hub-client.ts";
import type { LiveFleet } from "./live-fleet.ts";

/** Between two questions at least: every process of a big action moves on its own. */
const LEAST_MS = 100;
/** The stream tells when something moves; without it this is how late a line may come. */
const MOST_MS = 500;
/** A hub that restarts is back before that. */
const GIVE_UP_MS = 30_000;

export type ActionEnd =
  /** every outcome is known, but of those for whom `error` speaks */
  | { readonly kind: "over"; readonly error: string | null }
  /** another hub answers: the one that knew has ended */
  | { readonly kind: "forgotten" }
  /** `signal` was aborted */
  | { readonly kind: "left" };

type Deps = {
  readonly hub: HubClient;
  readonly fleet: LiveFleet;
  /** @param results all that are known so far */
  readonly onResults: (results: readonly ActionResult[]) => Promise<void>;
  readonly onTrouble: (message: string) => void;
};

/**
 * Asks again and again how an action stands, at once when it has ended. A lost connection costs nothing.
 * @throws MultivisorError where the hub is gone for long, or refuses to tell
 */
export async function followAction(deps: Deps, id: string, signal: AbortSignal): Promise<ActionEnd> {
  const { fleet, hub, onResults } = deps;
  let hasMoved = false;
  let hasEnded = false;
  const unsubscribe = fleet.subscribe((news) => {
    hasMoved ||= news.kind === "process" || news.kind === "connected";
    hasEnded ||= news.kind === "action" && news.id === id && news.isOver;
  });
  const ask = patiently(deps, () => hub.action(id, signal));
  try {
    while (!signal.aborted) {
      const askedMs = performance.now();
      hasMoved = false;
      const action = await ask();
      if (action === "gone") return { kind: "forgotten" };
      if (action !== null) await onResults(action.results);
      if (action !== null && action.status !== "running") return { kind: "over", error: action.error };
      const tookMs = Math.ceil(performance.now() - askedMs);
      const within = (ms: number) => AbortSignal.any([signal, AbortSignal.timeout(ms)]);
      await until(fleet.subscribe, () => hasEnded, within(Math.max(LEAST_MS, tookMs)));
      await until(fleet.subscribe, () => hasEnded || hasMoved, within(MOST_MS));
      hasEnded = false;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    unsubscribe();
  }
  return { kind: "left" };
}

/** @returns null where the hub does not answer now; "gone" where it knows of no such action */
function patiently({ onTrouble }: Deps, ask: () => Promise<HubAction>): () => Promise<HubAction | "gone" | null> {
  let lostMs: number | null = null;
  return async () => {
    try {
      const answer = await ask();
      lostMs = null;
      return answer;
    } catch (error) {
      if (!(error instanceof MultivisorError)) throw error;
      if (error.code === "BAD_NAME") return "gone";
      const isForLong = lostMs !== null && performance.now() - lostMs > GIVE_UP_MS;
      if (isForLong || !(error.code === "HOST_UNREACHABLE" || error.code === "TIMEOUT")) throw error;
      if (lostMs === null) onTrouble(`${messageOf(error)}; asking again`);
      lostMs ??= performance.now();
      return null;
    }
  };
}
