import type { ProcessStateName } from "../../domain/states.ts";
import { printable } from "../../lib/printable.ts";
import type { ActionResult } from "../../protocol/hub.ts";
import { isGroupWord } from "../select/unknown-line.ts";

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
  const words = code === "BAD_NAME" && isGroupWord(uid) ? "no such group" : WORDS[code];
  if (words === undefined) return printable(`${uid}: ERROR (${message ?? code})`);
  const isNow = code === "ABNORMAL_TERMINATION" && outcome.state !== null ? `: it is ${outcome.state}` : "";
  return printable(`${uid}: ERROR (${words})${isNow}`);
}

export const outcomeOf = (result: ActionResult): Outcome => ({
  uid: result.uid ?? result.supervisor ?? "",
  ok: result.ok,
  ...(result.code !== undefined && { code: result.code }),
  ...(result.message !== undefined && { message: result.message }),
  state: result.state ?? null,
});
