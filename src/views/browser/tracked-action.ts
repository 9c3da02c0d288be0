import type { ActionResult } from "../action-result.ts";
import { progressTexts as texts } from "../texts/actions.ts";
import { type Followed, followAction } from "./follow-action.ts";
import { addNote } from "./notes.ts";
import { type Deed, deedSummary, doingWords, outcomeWords, untoldWords } from "./outcome-words.ts";
import { byId } from "./page.ts";
import { type Asked, beginAction } from "./post-action.ts";
import { createProgress } from "./progress.ts";
import { forgetUnread, keepUnread, type Unread, unreadActions } from "./unread-actions.ts";

export type Tracked = {
  readonly deed: Deed;
  /** "Restart 18 processes on 3 hosts" */
  readonly title: string;
  /** by uid, or by name of a supervisor */
  readonly targets: readonly string[];
  readonly asked: readonly Asked[];
};

export const levelOf = (results: readonly ActionResult[]) => (results.every(({ ok }) => ok) ? "good" : "bad");

/** @param isShown does the dialog open at once? Else a note tells when all is over */
async function follow({ actions, deed, title, targets }: Unread, isShown: boolean): Promise<readonly ActionResult[]> {
  const progress = createProgress({
    ...{ title, targets },
    words: {
      outcome: (result) => outcomeWords(deed, result),
      doing: (id) => doingWords(deed, id, targets),
      untold: (results) => untoldWords(deed, results),
    },
  });
  let last: Followed | null = null;
  if (isShown) progress.open();
  const results = await followAction(actions, targets, (state) => {
    last = state;
    progress.show(state, null);
  });
  const summary = deedSummary(deed, results);
  if (last !== null) progress.show(last, summary);
  if (progress.isOpen()) byId("progress").addEventListener("close", () => forgetUnread(actions), { once: true });
  else {
    if (summary !== null) addNote(summary, levelOf(results), { words: texts.show, run: progress.open });
    forgetUnread(actions);
  }
  return results;
}

/**
 * Does it, shows each target on its way, and what came of it until that was read, on another page as well.
 * @throws Error for people, where it was not even begun
 */
export async function runTracked({ asked, deed, title, targets }: Tracked): Promise<readonly ActionResult[]> {
  const actions = await Promise.all(asked.map(beginAction));
  const unread = { actions, deed, title, targets };
  keepUnread(unread);
  return follow(unread, true);
}

/** What was begun on the page before this one goes on being followed, behind it. */
export function resumeTracked(): void {
  for (const unread of unreadActions()) void follow(unread, false);
}
