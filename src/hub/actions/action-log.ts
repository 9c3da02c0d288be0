import type { Access } from "../../domain/access.ts";
import { seesUid } from "../../domain/access.ts";
import { messageOf } from "../../domain/errors.ts";
import type { ProcessUid } from "../../domain/names.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import type { FleetView } from "../fleet-view.ts";
import { codeOf, type ProcessResult, type SupervisorResult } from "./action-result.ts";

export type ActionResult = ProcessResult | SupervisorResult;

/** One thing that somebody asked for, with what became of it. */
export type Action = {
  readonly id: string;
  /** `start`, `stop`, …, `supervisor restart` */
  readonly what: string;
  /** null: no login is required, or the hub's own doing */
  readonly user: string | null;
  /** as given: patterns or names */
  readonly targets: readonly string[];
  /** epoch ms, hub's clock */
  readonly startedMs: number;
  /** null: still running */
  readonly finishedMs: number | null;
  /** of what it is done to: those whose outcome is not known yet; [] when it has ended */
  readonly waiting: readonly string[];
  /** so far */
  readonly results: readonly ActionResult[];
  /** why it could not be done at all; null: see the results */
  readonly error: string | null;
};

/** What becomes of an action, as it goes on. */
export type ActionProgress = {
  readonly targets: (uids: readonly string[]) => void;
  readonly result: (result: ActionResult) => void;
};

export type ActionLog = {
  /** Begins what `act` does. `done` never rejects with what another result tells. @throws what `act` throws */
  readonly start: (
    about: Pick<Action, "what" | "user" | "targets">,
    act: (progress: ActionProgress) => Promise<readonly ActionResult[]>,
  ) => { readonly id: string; readonly done: Promise<readonly ActionResult[]> };
  readonly get: (id: string) => Action | null;
  readonly running: () => number;
  readonly subscribe: (listener: (action: Action) => void) => () => void;
};

const MAX_ACTIONS = 1_000;
/** as given; the results name all */
const MAX_TARGETS = 100;
/** of all that are kept together */
const MAX_RESULTS = 100_000;

/** The latest actions, in memory: what the history keeps for good is less and for everybody. */
export function createActionLog(now: () => number): ActionLog {
  const actions = new Map<string, Action>();
  const changes = createBroadcast<Action>();
  let kept = 0;
  let running = 0;

  function put(action: Action): void {
    kept += action.results.length - (actions.get(action.id)?.results.length ?? 0);
    actions.set(action.id, action);
    for (const [id, old] of actions) {
      if (actions.size <= MAX_ACTIONS && kept <= MAX_RESULTS) break;
      if (id === action.id) continue;
      actions.delete(id);
      kept -= old.results.length;
    }
    changes.publish(action);
  }

  /** Only who asks for it is told: the end alone is news. */
  function progressOf({ id }: Action): ActionProgress {
    const waiting = new Set<string>();
    const results: ActionResult[] = [];
    const keep = () => {
      const known = actions.get(id);
      if (known?.finishedMs === null) actions.set(id, { ...known, waiting: [...waiting], results: [...results] });
    };
    return {
      targets(uids) {
        for (const uid of uids) waiting.add(uid);
        keep();
      },
      result(result) {
        if ("uid" in result) waiting.delete(result.uid);
        results.push(result);
        keep();
      },
    };
  }

  async function follow(action: Action, act: (progress: ActionProgress) => Promise<readonly ActionResult[]>) {
    running++;
    try {
      const results = await act(progressOf(action));
      put({ ...action, finishedMs: now(), results });
      return results;
    } catch (error) {
      put({ ...action, finishedMs: now(), error: `${codeOf(error)}: ${messageOf(error)}` });
      throw error;
    } finally {
      running--;
    }
  }

  return {
    start(about, act) {
      const targets = about.targets.slice(0, MAX_TARGETS).map((target) => target.slice(0, 200));
      const action = {
        ...{ ...about, targets, id: crypto.randomUUID(), startedMs: now() },
        ...{ finishedMs: null, waiting: [], results: [], error: null },
      };
      put(action);
      return { id: action.id, done: follow(action, act) };
    },
    get: (id) => actions.get(id) ?? null,
    running: () => running,
    subscribe: changes.subscribe,
  };
}

/**
 * @param user whose own actions they see whole
 * @returns null for who may see none of its results; targets as given may name what they do not see
 */
export function actionFor(action: Action, access: Access | null, view: FleetView, user?: string | null): Action | null {
  if (access === null || (user !== undefined && user === action.user)) return action;
  const results = action.results.filter((result) =>
    "uid" in result ? seesUid(access, result.uid) : view.supervisors().has(result.supervisor),
  );
  const waiting = action.waiting.filter((uid) => seesUid(access, uid));
  return results.length + waiting.length === 0 ? null : { ...action, results, waiting, targets: [] };
}

export const apiAction = (action: Action, view: FleetView) => ({
  id: action.id,
  action: action.what,
  user: action.user,
  targets: action.targets,
  started: action.startedMs,
  finished: action.finishedMs,
  status: action.finishedMs === null ? "running" : action.error === null ? "done" : "failed",
  results: action.results,
  waiting: action.waiting.map((uid) => ({ uid, state: view.process(uid as ProcessUid)?.state ?? null })),
  error: action.error,
});
