import type { ActionResult, Changes } from "../action-result.ts";
import { processWords, reasonOf, summaryWords } from "../action-words.ts";
import type { Action } from "../process-look.ts";
import type { SupervisorAction } from "../supervisor-action.ts";
import { actionTexts, supervisordTexts as texts } from "../texts/actions.ts";
import { idOf } from "./follow-action.ts";
import type { Line } from "./progress-lines.ts";

/** What is done: to processes, or to a supervisord as a whole. */
export type Deed =
  | { readonly kind: "process"; readonly action: Action }
  | { readonly kind: "supervisor"; readonly action: SupervisorAction };

type Words = Pick<Line, "words" | "detail">;

/** "new, will start: web, db" */
function changeLines(changes: Changes, words: Readonly<Record<keyof Changes, string>>): string[] {
  return (["removed", "changed", "added"] as const).flatMap((what) =>
    changes[what].length === 0 ? [] : [actionTexts.because(words[what], changes[what].join(", "))],
  );
}

export const wouldChange = (changes: Changes | undefined): string[] =>
  changes === undefined ? [] : changeLines(changes, texts.will);

function supervisorWords(action: SupervisorAction, result: ActionResult): Words {
  if (!result.ok) {
    const words = result.pending ? texts.doing[action] : texts.failed[action];
    return { words, detail: reasonOf(result) };
  }
  if (result.reread === undefined) return { words: texts.done[action], detail: "" };
  const lines = changeLines(result.reread, action === "update" ? texts.did : texts.will);
  return { words: texts.done[action], detail: lines.join("\n") };
}

/** Beside the name of each target, when it is known what became of it. */
export const outcomeWords = (deed: Deed, result: ActionResult): Words =>
  result.supervisor !== undefined && deed.kind === "supervisor"
    ? supervisorWords(deed.action, result)
    : processWords(deed.kind === "process" ? deed.action : "stop", result);

/** Beside the name of what is asked for and says nothing by its state: "restarting"; null: it is queued. */
export const doingWords = (deed: Deed, id: string, targets: readonly string[]): string | null =>
  deed.kind === "supervisor" && targets.includes(id) ? texts.doing[deed.action] : null;

/** supervisord begins anew when all has stopped; a host that is gone may have taken the news of that with it. */
export const untoldWords = (deed: Deed, results: readonly ActionResult[]): string | null =>
  deed.action === "restart" && results.some(({ supervisor, ok }) => supervisor !== undefined && ok)
    ? actionTexts.done.stop.toLowerCase()
    : null;

/** In one line; null: there is nothing to say. */
export function deedSummary(deed: Deed, results: readonly ActionResult[]): string | null {
  if (deed.kind === "process") return summaryWords(deed.action, results);
  const own = results.find(({ supervisor }) => supervisor !== undefined) ?? results[0];
  if (own === undefined) return null;
  const { words, detail } = outcomeWords(deed, { supervisor: idOf(own), ...own });
  if (!own.ok) return texts.summary(idOf(own), actionTexts.because(words, detail));
  return texts.summary(idOf(own), deed.action === "reread" ? rereadWords(own.reread) : words);
}

const rereadWords = (changes: Changes | undefined): string =>
  wouldChange(changes).length === 0 ? texts.nothing : texts.would;
