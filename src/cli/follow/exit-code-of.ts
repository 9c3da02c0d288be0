import { isGroupWord } from "../select/unknown-line.ts";
import type { Outcome } from "./outcome.ts";

type Ended = Pick<Outcome, "ok" | "code"> & { readonly uid?: string };

/** supervisorctl's exit codes; every other failure is 1. */
const EXIT: Readonly<Record<string, number>> = {
  ABNORMAL_TERMINATION: 7,
  SPAWN_ERROR: 7,
  HOST_UNREACHABLE: 4,
  TIMEOUT: 4,
};

/** What is so already is no failure, in supervisorctl as here. */
const NO_FAILURE: Readonly<Record<string, string>> = {
  start: "ALREADY_STARTED",
  stop: "NOT_RUNNING",
  add: "ALREADY_ADDED",
};

/** The highest of all: a success never hides a failure. @param command by its name */
export const exitCodeOf = (command: string, outcomes: readonly Ended[]): number =>
  outcomes.reduce((highest, outcome) => Math.max(highest, codeOf(command, outcome)), 0);

function codeOf(command: string, { ok, code = "FAILED", uid = "" }: Ended): number {
  if (ok || NO_FAILURE[command] === code) return 0;
  if (command === "signal" && code === "NOT_RUNNING") return 7;
  if (code === "BAD_NAME" && isGroupWord(uid) && (command === "start" || command === "restart")) return 2;
  return EXIT[code] ?? 1;
}
