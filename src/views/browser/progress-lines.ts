import type { ActionResult } from "../action-result.ts";
import { progressTexts as texts } from "../texts/actions.ts";
import { type Followed, idOf, type Waiting } from "./follow-action.ts";

export type Line = {
  readonly id: string;
  readonly words: string;
  /** why, where it was not done; "": nothing to say */
  readonly detail: string;
  readonly look: "queued" | "moving" | "bad" | "good";
};

export type LineWords = {
  /** beside what is done, or is not */
  readonly outcome: (result: ActionResult) => Pick<Line, "words" | "detail">;
  /** beside what says nothing by its state; null: it is queued */
  readonly doing: (id: string) => string | null;
  /** beside what nothing was told of until the end; null: that it is not known */
  readonly untold: (results: readonly ActionResult[]) => string | null;
};

const MOVING = new Set(["STOPPING", "STARTING", "BACKOFF"]);

/** "queued", "stopping 3 s". */
function waitingLine({ id, state, seconds }: Waiting, words: LineWords): Line {
  const doing = state !== null && MOVING.has(state) ? state.toLowerCase() : words.doing(id);
  if (doing === null) return { id, words: texts.queued, detail: "", look: "queued" };
  return { id, words: texts.since(doing, seconds), detail: "", look: "moving" };
}

const untoldLine = (id: string, words: string | null): Line => ({
  ...{ id, detail: "", words: words ?? texts.untold, look: words === null ? "queued" : "good" },
});

const lookOf = ({ ok, pending }: ActionResult): Line["look"] => (pending ? "moving" : ok ? "good" : "bad");

const rank = ({ look }: Line): number => ["bad", "moving", "queued", "good"].indexOf(look);

/**
 * One line for each target, in the order in which they were asked for, so that nothing moves under the eye; what went
 * wrong comes first when all is over, or where there are more than can be shown.
 */
export function progressLines({ ids, waiting, results, isOver }: Followed, words: LineWords, most: number): Line[] {
  const lines = new Map<string, Line | null>(
    ids.map((id) => [id, isOver ? untoldLine(id, words.untold(results)) : null]),
  );
  for (const one of waiting) lines.set(one.id, waitingLine(one, words));
  for (const result of results)
    lines.set(idOf(result), { id: idOf(result), ...words.outcome(result), look: lookOf(result) });
  const all = [...lines.values()].filter((line) => line !== null);
  return isOver || all.length > most ? all.toSorted((a, b) => rank(a) - rank(b)) : all;
}
