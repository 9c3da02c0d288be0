import { messageOf } from "../../domain/errors.ts";
import type { ActionResult } from "../action-result.ts";
import { failedWords, hostOf, manyTitle, resultWords, summaryWords } from "../action-words.ts";
import type { Action } from "../process-look.ts";
import { shownName } from "../shorten.ts";
import { actionTexts as texts } from "../texts/actions.ts";
import { stateTexts } from "../texts/states.ts";
import { ask } from "./ask.ts";
import { idOf } from "./follow-action.ts";
import { addNote } from "./notes.ts";
import { postAction } from "./post-action.ts";
import { elementsOf } from "./row-data.ts";
import { markBusy, say } from "./row-words.ts";
import { levelOf, runTracked } from "./tracked-action.ts";

const MOST_NAMED = 12;
/** in one request, so that any selection is within what the hub takes */
const MOST_TARGETS = 5_000;

const isAgent = (uid: string): boolean => elementsOf(uid).some((element) => element.dataset.agent !== undefined);

const upTo = (names: readonly string[], most: number): string[] => [
  ...names.slice(0, most).map((name) => shownName(name)),
  ...(names.length > most ? [texts.more(names.length - most)] : []),
];

/** "Restart lid001:web:a", "Restart 18 processes on 3 hosts". */
function titleOf(action: Action, uids: readonly string[]): string {
  const [only = ""] = uids;
  if (uids.length === 1)
    return `${stateTexts.actions[action]} ${isAgent(only) ? texts.theAgent(shownName(only)) : shownName(only)}`;
  return manyTitle(action, uids);
}

function aboutMany(uids: readonly string[], agents: number): string {
  const hosts = [...new Set(uids.map(hostOf))];
  return [
    ...(agents > 0 ? [texts.agentsLeft(agents), ""] : []),
    ...(hosts.length > 1 ? [texts.hosts(upTo(hosts, MOST_NAMED)), ""] : []),
    ...upTo(uids, MOST_NAMED),
  ].join("\n");
}

/** @param agents how many were left out */
function isMeant(action: Action, uids: readonly string[], agents: number, always: boolean): Promise<boolean> {
  const [only = ""] = uids;
  const blinds = uids.length === 1 && isAgent(only) && action !== "start";
  if (uids.length === 1 && !blinds && agents === 0 && !always) return Promise.resolve(true);
  return ask({
    title: `${titleOf(action, uids)}?`,
    text: uids.length === 1 ? (blinds ? texts.blind : "") : aboutMany(uids, agents),
    yes: stateTexts.actions[action],
    danger: action === "stop" || blinds,
  });
}

async function doOne(action: Action, uids: readonly string[]): Promise<readonly ActionResult[]> {
  const results = await postAction({ path: `process/${action}`, fields: { uid: uids } });
  const summary = summaryWords(action, results);
  if (summary !== null) addNote(summary, levelOf(results));
  return results;
}

/** Several at a time: a dialog shows each, and what came of all stays to be read. */
const doMany = (action: Action, uids: readonly string[]): Promise<readonly ActionResult[]> =>
  runTracked({
    ...{ deed: { kind: "process", action }, title: titleOf(action, uids), targets: uids },
    asked: Array.from({ length: Math.ceil(uids.length / MOST_TARGETS) }, (_, i) => ({
      path: `process/${action}`,
      fields: { uid: uids.slice(i * MOST_TARGETS, (i + 1) * MOST_TARGETS) },
    })),
  });

function tellRows(action: Action, uids: readonly string[], results: readonly ActionResult[]): void {
  const told = new Map(results.map((result) => [idOf(result), result]));
  for (const uid of uids) {
    const result = told.get(uid) ?? { uid, ok: false, message: texts.silent };
    // What goes on is said by the state, which will tell the end as well.
    const failed = { words: resultWords(action, result), short: texts.failed[action] };
    say(uid, result.ok || result.pending ? {} : { failed });
  }
}

/**
 * Asks where it must, shows what it does where it was clicked, and says what came of it. Among several, agents are left
 * alone: the hub would be blind on their hosts.
 * @param always asks for a single one as well: a key is pressed more easily than a button
 */
export async function runAction(action: Action, asked: readonly string[], always = false): Promise<void> {
  if (document.documentElement.dataset.readOnly !== undefined) return addNote(texts.mayNot, "bad");
  const uids = asked.length > 1 ? asked.filter((uid) => !isAgent(uid)) : asked;
  if (uids.length === 0) return asked.length > 0 ? addNote(texts.agentsOnly, "bad") : undefined;
  if (!(await isMeant(action, uids, asked.length - uids.length, always))) return;
  for (const uid of uids) {
    say(uid, { note: texts.doing[action] });
    markBusy(uid, action, true);
  }
  try {
    tellRows(action, uids, await (uids.length === 1 ? doOne : doMany)(action, uids));
  } catch (error) {
    const words = failedWords(action, messageOf(error));
    for (const uid of uids) say(uid, { failed: { words, short: texts.failed[action] } });
    addNote(texts.because(uids.length === 1 ? shownName(uids[0] ?? "") : texts.processes(uids.length), words), "bad");
  } finally {
    for (const uid of uids) markBusy(uid, action, false);
  }
}
