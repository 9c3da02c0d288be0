import { messageOf } from "../../domain/errors.ts";
import type { Action } from "../process-look.ts";
import { progressTexts as texts } from "../texts/actions.ts";
import { DO, DOING, failedWords, resultWords, summaryWords, whereWords } from "./action-words.ts";
import { ask } from "./ask.ts";
import { type Followed, followAction } from "./follow-action.ts";
import { addNote } from "./notes.ts";
import { type ActionResult, postAction } from "./post-action.ts";
import { createProgress } from "./progress.ts";
import { elementsOf } from "./row-data.ts";

const slotsOf = (uid: string): HTMLElement[] =>
  [...elementsOf(uid)].flatMap((element) => [...element.querySelectorAll<HTMLElement>(".status, .why")]);

/** Where words of ours stand, so that an update of thousands of rows looks for nothing. */
const spoken = new Set<string>();

function say(uid: string, words: { readonly note?: string; readonly failed?: string }): void {
  spoken.add(uid);
  for (const slot of slotsOf(uid)) {
    slot.toggleAttribute("data-c-note", false);
    slot.toggleAttribute("data-c-failed", false);
    if (words.note !== undefined) slot.dataset.cNote = words.note;
    if (words.failed !== undefined) slot.dataset.cFailed = words.failed;
  }
}

function markBusy(uid: string, action: Action, busy: boolean): void {
  for (const element of elementsOf(uid))
    for (const button of element.querySelectorAll<HTMLElement>(`[data-act="${action}"]`))
      button.toggleAttribute("data-c-busy", busy);
}

/** A new state says more than our own words. */
export function clearWords(row: HTMLElement): void {
  const { uid } = row.dataset;
  if (uid === undefined || !spoken.has(uid)) return;
  say(uid, {});
  spoken.delete(uid);
}

const isAgent = (uid: string): boolean => [...elementsOf(uid)].some((element) => element.dataset.agent !== undefined);

async function isMeant(action: Action, uids: readonly string[], always: boolean): Promise<boolean> {
  const agents = uids.filter(isAgent);
  const asksForAgent = agents.length > 0 && action !== "start";
  if (uids.length === 1 && !asksForAgent && !always) return true;
  const places = [...uids].map((uid) => uid.slice(0, uid.lastIndexOf(":", uid.lastIndexOf(":") - 1)));
  const what =
    uids.length === 1
      ? `${asksForAgent ? "the agent " : ""}${uids[0]}`
      : `${uids.length} processes ${whereWords(places)}`;
  const names = uids.length > 12 ? `${uids.slice(0, 12).join("\n")}\nand ${uids.length - 12} more` : uids.join("\n");
  const blind = asksForAgent
    ? "\n\nThe hub is blind on a host whose agent does not run, and cannot start it again."
    : "";
  return ask({
    title: `${DO[action]} ${what}?`,
    text: `${uids.length === 1 ? "" : names}${blind}`.trim(),
    yes: DO[action],
    danger: action === "stop" || asksForAgent,
  });
}

const levelOf = (results: readonly ActionResult[]) => (results.every(({ ok }) => ok) ? "good" : "bad");

async function doOne(action: Action, uids: readonly string[]): Promise<readonly ActionResult[]> {
  const results = await postAction(action, uids);
  const summary = summaryWords(action, results);
  if (summary !== null) addNote(summary, levelOf(results));
  return results;
}

/** Several at a time: a dialog shows each, and what came of all stays to be read. */
async function doMany(action: Action, uids: readonly string[]): Promise<readonly ActionResult[]> {
  const progress = createProgress(action, uids);
  let state: Followed | null = null;
  progress.open();
  const results = await followAction(action, uids, (next) => {
    state = next;
    progress.show(next, null);
  });
  const summary = summaryWords(action, results);
  if (state !== null) progress.show(state, summary);
  if (!progress.isOpen() && summary !== null)
    addNote(summary, levelOf(results), { words: texts.show, run: progress.open });
  return results;
}

/**
 * Asks where it must, shows what it does where it was clicked, and says what came of it.
 * @param always asks for a single one as well: a key is pressed more easily than a button
 */
export async function runAction(action: Action, uids: readonly string[], always = false): Promise<void> {
  if (document.documentElement.dataset.readOnly !== undefined) return addNote("You may look, but not act.", "bad");
  if (uids.length === 0 || !(await isMeant(action, uids, always))) return;
  for (const uid of uids) {
    say(uid, { note: DOING[action] });
    markBusy(uid, action, true);
  }
  try {
    const results = await (uids.length === 1 ? doOne : doMany)(action, uids);
    const told = new Map(results.map((result) => [result.uid, result]));
    for (const uid of uids) {
      const result = told.get(uid) ?? { uid, ok: false, message: "the hub did not say" };
      // What goes on is said by the state, which will tell the end as well.
      say(uid, result.ok || result.pending ? {} : { failed: resultWords(action, result) });
    }
  } catch (error) {
    for (const uid of uids) say(uid, { failed: failedWords(action, messageOf(error)) });
    addNote(
      `${uids.length === 1 ? uids[0] : `${uids.length} processes`}: ${failedWords(action, messageOf(error))}`,
      "bad",
    );
  } finally {
    for (const uid of uids) markBusy(uid, action, false);
  }
}
