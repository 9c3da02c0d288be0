import { namespec, parseUid } from "../domain/names.ts";
import type { ActionResult } from "./action-result.ts";
import type { Action } from "./process-look.ts";
import { shownName } from "./shorten.ts";
import { actionTexts as texts } from "./texts/actions.ts";
import { stateTexts } from "./texts/states.ts";

/** "Cannot stop lid001:web:a: it is FATAL" beside the name itself: the reason alone. */
export function reasonOf({ uid = "", message, code }: ActionResult): string {
  if (message === undefined) return code ?? texts.noReason;
  const parts = parseUid(uid);
  const names = parts === null ? [] : [uid, namespec(parts.group, parts.name)];
  const name = names.find((one) => message.includes(` ${one}: `));
  if (name === undefined || !message.startsWith("Cannot ")) return message;
  return message.slice(message.indexOf(` ${name}: `) + name.length + 3);
}

export const failedWords = (action: Action, reason: string): string => texts.because(texts.failed[action], reason);

export const resultWords = (action: Action, result: ActionResult): string => failedWords(action, reasonOf(result));

/** "Stopped 12 of 14. 2 failed: lid002 is down" null: nothing to say, the row shows it. */
export function summaryWords(action: Action, results: readonly ActionResult[]): string | null {
  const pending = results.filter((result) => result.pending);
  const failed = results.filter((result) => !result.ok && !result.pending);
  const [only] = results;
  if (results.length === 1 && only !== undefined) return single(action, only);
  const done = results.length - pending.length - failed.length;
  const reasons = [...new Set(failed.map(reasonOf))];
  return [
    done === results.length
      ? texts.all(texts.done[action], done)
      : texts.some(texts.done[action], done, results.length),
    pending.length > 0 ? texts.stillGoing(pending.length, texts.goesOn[action]) : "",
    failed.length > 0 ? texts.notDone(failed.length, reasons) : "",
  ]
    .filter((words) => words !== "")
    .join(" ");
}

function single(action: Action, result: ActionResult): string | null {
  if (result.pending) return texts.because(result.uid ?? "", texts.goesOn[action]);
  return result.ok ? null : texts.because(result.uid ?? "", resultWords(action, result));
}

/** "on lid001", "on 3 hosts". */
export function whereWords(supervisors: readonly string[]): string {
  const distinct = [...new Set(supervisors)];
  return texts.on(distinct.length, distinct[0] ?? "");
}

export const hostOf = (uid: string): string => parseUid(uid)?.supervisor ?? "";

/** "Restart 18 processes on 3 hosts". */
export const manyTitle = (action: Action, uids: readonly string[]): string =>
  `${stateTexts.actions[action]} ${texts.processes(uids.length)} ${shownName(whereWords(uids.map(hostOf)))}`;

/** Beside the name of one of several: "stopped", "not stopped" and why. */
export function processWords(
  action: Action,
  result: ActionResult,
): { readonly words: string; readonly detail: string } {
  const { done, failed, goesOn } = texts;
  if (result.pending) return { words: goesOn[action], detail: reasonOf(result) };
  if (result.ok) return { words: done[action].toLowerCase(), detail: result.message ?? "" };
  return { words: failed[action].toLowerCase(), detail: reasonOf(result) };
}
