import type { Action } from "../process-look.ts";
import type { ActionResult } from "./post-action.ts";

export const DOING: Readonly<Record<Action, string>> = {
  start: "Starting…",
  restart: "Restarting…",
  stop: "Stopping…",
};
export const DO: Readonly<Record<Action, string>> = { start: "Start", restart: "Restart", stop: "Stop" };
const DONE: Readonly<Record<Action, string>> = { start: "Started", restart: "Restarted", stop: "Stopped" };
const GOING_ON: Readonly<Record<Action, string>> = {
  start: "still starting",
  restart: "still on the way",
  stop: "still stopping",
};
const FAILED: Readonly<Record<Action, string>> = {
  start: "Not started",
  restart: "Not restarted",
  stop: "Not stopped",
};

const why = ({ message, code }: ActionResult): string => message ?? code ?? "no reason given";

export const failedWords = (action: Action, reason: string): string => `${FAILED[action]}: ${reason}`;

/** In place, on the row. */
export const resultWords = (action: Action, result: ActionResult): string => failedWords(action, why(result));

/** "Stopped 12 of 14. 2 refused: lid002 is down." null: nothing to say, the row shows it. */
export function summaryWords(action: Action, results: readonly ActionResult[]): string | null {
  const [pending] = results.filter((result) => result.pending);
  if (pending !== undefined && results.length === 1) return `${pending.uid}: ${GOING_ON[action]}`;
  const going = results.filter((result) => result.pending).length;
  const refused = results.filter((result) => !result.ok && !result.pending);
  const [first] = refused;
  if (first === undefined && going > 0)
    return `${DONE[action]} ${results.length - going} of ${results.length}. ${going} ${GOING_ON[action]}.`;
  if (first === undefined) return results.length > 1 ? `${DONE[action]} ${results.length}.` : null;
  if (results.length === 1) return `${first.uid}: ${resultWords(action, first)}`;
  const done = `${DONE[action]} ${results.length - refused.length - going} of ${results.length}.`;
  const reasons = [...new Set(refused.map(why))];
  const more = reasons.length > 1 ? `; and ${reasons.length - 1} more` : "";
  return `${done} ${refused.length} refused: ${reasons[0]}${more}`;
}

/** "on lid001", "on 3 hosts". */
export function whereWords(supervisors: readonly string[]): string {
  const distinct = new Set(supervisors);
  return distinct.size === 1 ? `on ${[...distinct][0]}` : `on ${distinct.size} hosts`;
}
