import type { Action } from "../process-look.ts";
import { progressTexts as texts } from "../texts/actions.ts";
import { type ActionResult, type ActionState, actionState, beginAction } from "./post-action.ts";

const ASK_MS = 300;
const ASK_AGAIN_MS = 1_500;

export type Followed = {
  /** of what was asked for: without an outcome yet, and how it is now */
  readonly waiting: ReadonlyMap<string, string | null>;
  readonly results: readonly ActionResult[];
  readonly isOver: boolean;
  /** the hub does not answer now */
  readonly isLost: boolean;
};

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** What the hub does not name any more, or never named, has no known outcome. */
function ended(uids: readonly string[], { results }: Pick<ActionState, "results">, reason: string): ActionResult[] {
  const told = new Set(results.map(({ uid }) => uid));
  const rest = uids.filter((uid) => !told.has(uid)).map((uid) => ({ uid, ok: false, message: reason }));
  return [...results, ...rest];
}

/**
 * Does it and tells how it goes, until every outcome is known. A lost connection costs nothing: the hub is asked again.
 * @throws Error for people, where it was not even begun
 */
export async function followAction(
  action: Action,
  uids: readonly string[],
  tell: (state: Followed) => void,
): Promise<readonly ActionResult[]> {
  const id = await beginAction(action, uids);
  let known: ActionState = {
    status: "running",
    results: [],
    waiting: uids.map((uid) => ({ uid, state: null })),
    error: null,
  };
  const told = (isOver: boolean, isLost: boolean) =>
    tell({
      waiting: new Map(known.waiting.map(({ uid, state }) => [uid, state])),
      results: known.results,
      isOver,
      isLost,
    });
  for (;;) {
    const next = await actionState(id);
    if (next !== null && next !== "gone") known = next;
    if (next === "gone" || known.status !== "running") {
      const results = ended(uids, known, next === "gone" ? texts.forgotten : (known.error ?? "the hub did not say"));
      known = { ...known, results, waiting: [] };
      told(true, false);
      return results;
    }
    told(false, next === null);
    await wait(next === null ? ASK_AGAIN_MS : ASK_MS);
  }
}
