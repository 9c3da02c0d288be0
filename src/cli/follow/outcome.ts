import type { ProcessStateName } from "../../domain/states.ts";
import { printable } from "../../lib/printable.ts";
import type { ActionResult } from "../../protocol/hub.ts";

export type Outcome = {
  readonly uid: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  readonly state: ProcessStateName | null;
};

export type Action = "start" | "stop" | "restart";

const DONE = {
  start: "started",
  stop: "stopped",
  restart: "restarted",
  signal: "signalled",
  stdin: "sent",
  clear: "cleared",
} as const;
export type Verb = keyof typeof DONE;

/** What supervisorctl prints in the brackets of ERROR (…). */
const WORDS: Readonly<Record<string, string>> = {
  BAD_NAME: "no such process",
  NOT_RUNNING: "not running",
  ALREADY_STARTED: "already started",
  SPAWN_ERROR: "spawn error",
  ABNORMAL_TERMINATION: "abnormal termination",
  NO_FILE: "no such file",
  NOT_EXECUTABLE: "file is not executable",
  BAD_SIGNAL: "bad signal name",
};

/** "lid001:PLC:a: started", "lid001:PLC:a: ERROR (not running)" */
export function outcomeLine(verb: Verb, outcome: Outcome): string {
  const { uid, ok, code = "FAILED", message } = outcome;
  if (ok) return printable(`${uid}: ${DONE[verb]}${message === undefined ? "" : ` (${message})`}`);
  const words = WORDS[code];
  if (words === undefined) return printable(`${uid}: ERROR (${message ?? code})`);
  const isNow = code === "ABNORMAL_TERMINATION" && outcome.state !== null ? `: it is ${outcome.state}` : "";
  return printable(`${uid}: ERROR (${words})${isNow}`);
}

/** supervisorctl's exit codes; every other failure is 1. */
const EXIT: Readonly<Record<string, number>> = {
  ABNORMAL_TERMINATION: 7,
  SPAWN_ERROR: 7,
  HOST_UNREACHABLE: 4,
  TIMEOUT: 4,
};

/** To start what runs and to stop what does not is no failure, in supervisorctl as here. */
const NO_FAILURE: Partial<Record<Verb, string>> = { start: "ALREADY_STARTED", stop: "NOT_RUNNING" };

/** The highest of all: a success never hides a failure. */
export const exitCodeOf = (verb: Verb, outcomes: readonly Outcome[]): number =>
  Math.max(0, ...outcomes.map((outcome) => codeOf(verb, outcome)));

function codeOf(verb: Verb, { ok, code = "FAILED" }: Outcome): number {
  if (ok || NO_FAILURE[verb] === code) return 0;
  if (verb === "signal" && code === "NOT_RUNNING") return 7;
  return EXIT[code] ?? 1;
}

export const outcomeOf = (result: ActionResult): Outcome => ({
  uid: result.uid ?? result.supervisor ?? "",
  ok: result.ok,
  ...(result.code !== undefined && { code: result.code }),
  ...(result.message !== undefined && { message: result.message }),
  state: result.state ?? null,
});
