import type { ActionResult } from "../action-result.ts";
import { actionTexts, progressTexts as texts } from "../texts/actions.ts";
import { type ActionState, actionState } from "./post-action.ts";

const ASK_MS = 300;
const ASK_AGAIN_MS = 1_500;
/** Answers grow with what was asked for: ten thousand are looked at every 1.3 s. */
const MS_PER_TARGET = 0.1;

export type Waiting = {
  readonly id: string;
  /** null: not known */
  readonly state: string | null;
  /** since it was first seen so */
  readonly seconds: number;
};

export type Followed = {
  /** all of them, as they came up: a line keeps its place */
  readonly ids: readonly string[];
  readonly waiting: readonly Waiting[];
  /** of processes and of supervisords, each once */
  readonly results: readonly ActionResult[];
  readonly isOver: boolean;
  /** the hub does not answer now */
  readonly isLost: boolean;
};

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** A uid, or the name of a supervisor. */
export const idOf = ({ uid, supervisor }: ActionResult): string => uid ?? supervisor ?? "";

/** How long each has been in the state that it is in. */
function stopwatch(nowMs: () => number) {
  const since = new Map<string, { readonly state: string | null; readonly ms: number }>();
  return (id: string, state: string | null): Waiting => {
    const before = since.get(id);
    const one = before?.state === state ? before : { state, ms: nowMs() };
    since.set(id, one);
    return { id, state, seconds: Math.floor((nowMs() - one.ms) / 1_000) };
  };
}

/** The same for several of them, taken together. @returns null: the hub does not answer now */
async function stateOfAll(actions: readonly string[]): Promise<ActionState | "gone" | null> {
  const states = await Promise.all(actions.map(actionState));
  if (states.includes("gone")) return "gone";
  const known = states.filter((state) => state !== null && state !== "gone");
  if (known.length < states.length) return null;
  return {
    status: known.some(({ status }) => status === "running") ? "running" : "done",
    results: known.flatMap(({ results }) => results),
    waiting: known.flatMap(({ waiting }) => waiting),
    error: known.find(({ error }) => error !== null)?.error ?? null,
  };
}

/**
 * Tells how it goes with an action, until every outcome is known. A lost connection costs nothing: the hub is asked again.
 * @param actions its ids at the hub @param targets what it was asked of, by uid or by name of a supervisor
 */
export async function followAction(
  actions: readonly string[],
  targets: readonly string[],
  tell: (state: Followed) => void,
): Promise<readonly ActionResult[]> {
  const results = new Map<string, ActionResult>();
  const timed = stopwatch(() => performance.now());
  let states = new Map<string, string | null>();
  const ids = new Set(targets);
  const told = (isOver: boolean, isLost: boolean) => {
    for (const one of [...states.keys(), ...results.keys()]) ids.add(one);
    const open = isOver ? [] : [...ids].filter((one) => !results.has(one));
    const waiting = open.map((one) => timed(one, states.get(one) ?? null));
    tell({ ids: [...ids], waiting, results: [...results.values()], isOver, isLost });
  };
  /** What the hub does not name any more, or never named, has no known outcome. */
  const end = (reason: string) => {
    for (const one of targets) if (!results.has(one)) results.set(one, { uid: one, ok: false, message: reason });
    told(true, false);
    return [...results.values()];
  };
  for (;;) {
    const next = await stateOfAll(actions);
    if (next === "gone") return end(texts.forgotten);
    if (next !== null) {
      states = new Map(next.waiting.map(({ uid, state }) => [uid, state]));
      for (const result of next.results) results.set(idOf(result), result);
      if (next.status !== "running") return end(next.error ?? actionTexts.silent);
    }
    told(false, next === null);
    await wait(next === null ? ASK_AGAIN_MS : ASK_MS + targets.length * MS_PER_TARGET);
  }
}
