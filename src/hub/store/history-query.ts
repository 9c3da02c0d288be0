import type { Access } from "../../domain/access.ts";
import { CAUSES, type Cause, isCause } from "../../domain/cause.ts";
import { MultivisorError } from "../../domain/errors.ts";
import { HISTORY_CONDITIONS, HISTORY_KINDS, type HistoryKind } from "../../domain/history-conditions.ts";
import { isProcessStateName, PROCESS_STATE_NAMES, type ProcessStateName } from "../../domain/states.ts";
import { timeOf } from "./item-id.ts";

/** Which part of the history is asked for; null: no such condition. Names are exact, or shell patterns. */
export type HistoryQuery = {
  readonly uid: string | null;
  readonly supervisor: string | null;
  readonly group: string | null;
  readonly process: string | null;
  /** who asks sees no more than this; what is of a supervisor is seen with any of its processes */
  readonly access?: Access | null;
  /** states entered; gaps enter none */
  readonly states: readonly ProcessStateName[] | null;
  readonly kinds: readonly HistoryKind[];
  /** why a state was entered */
  readonly causes: readonly Cause[] | null;
  /** ends that were, or were not, expected */
  readonly expected: boolean | null;
  /** part of a spawn error or of what else was written down, in any case */
  readonly text: string | null;
  /** epoch ms of the hosts' clocks, both included */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly limit: number;
  /** only what is older in the order of the history: an item's id */
  readonly beforeId: number | null;
};

/** What Multivisor has answered from the beginning. */
const DEFAULT_KINDS: readonly HistoryKind[] = ["transition", "gap"];

export type HistoryParameters = { readonly [K in (typeof HISTORY_PARAMETERS)[number]]?: string | undefined };

export const HISTORY_PARAMETERS = [...HISTORY_CONDITIONS, "limit", "cursor"] as const;

export const DEFAULT_LIMIT = 100;
export const MAX_LIMIT = 1_000;

/** @param most of `limit`. @throws MultivisorError BAD_REQUEST */
export const parseHistoryQuery = (parameters: HistoryParameters, most = MAX_LIMIT): HistoryQuery => ({
  uid: parameters.uid || null,
  supervisor: parameters.supervisor || null,
  group: parameters.group || null,
  process: parameters.process || null,
  states: parameters.state ? parameters.state.split(",").map(parseState) : null,
  kinds: parameters.kind ? parseKinds(parameters.kind) : DEFAULT_KINDS,
  causes: parameters.cause ? parameters.cause.split(",").map(parseCause) : null,
  expected: parameters.expected ? parseExpected(parameters.expected) : null,
  text: parameters.text || null,
  ...parseTimes(parameters),
  limit: parseLimit(parameters.limit, most),
  beforeId: parameters.cursor ? parseHistoryCursor(parameters.cursor) : null,
});

const refuse = (message: string): never => {
  throw new MultivisorError("BAD_REQUEST", `Cannot read the request: ${message}`);
};

function parseState(text: string): ProcessStateName {
  const name = text.trim().toUpperCase();
  return isProcessStateName(name)
    ? name
    : refuse(`state "${text}" is none of supervisord's; known are ${PROCESS_STATE_NAMES.join(", ")}`);
}

const parseKinds = (text: string): readonly HistoryKind[] =>
  text === "all" ? HISTORY_KINDS : text.split(",").map(parseKind);

function parseKind(text: string): HistoryKind {
  const kind = HISTORY_KINDS.find((known) => known === text.trim().toLowerCase());
  return kind ?? refuse(`kind "${text}" is not known; known are ${HISTORY_KINDS.join(", ")}, all`);
}

function parseCause(text: string): Cause {
  const cause = text.trim().toLowerCase();
  return isCause(cause) ? cause : refuse(`cause "${text}" is not known; known are ${CAUSES.join(", ")}`);
}

function parseExpected(text: string): boolean {
  if (text !== "true" && text !== "false") return refuse(`expected "${text}" is neither true nor false`);
  return text === "true";
}

function parseTimes({ from, to }: HistoryParameters): Pick<HistoryQuery, "fromMs" | "toMs"> {
  const [fromMs, toMs] = [parseTime("from", from), parseTime("to", to)];
  return fromMs !== null && toMs !== null && fromMs > toMs
    ? refuse(`from "${from}" is after to "${to}"`)
    : { fromMs, toMs };
}

/** Epoch milliseconds, or ISO 8601: a date alone is midnight UTC, a time without a zone is the hub's. */
export function parseTime(name: string, text: string | undefined): number | null {
  if (!text) return null;
  // A + that was not encoded arrives as a space.
  const time = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text.replace(/ (?=\d\d:?\d\d$)/, "+"));
  const isIso = /^-?\d+$/.test(text) || /^\d{4}-\d\d-\d\d/.test(text);
  if (!isIso || !Number.isSafeInteger(time))
    return refuse(`${name} "${text}" is no time; use epoch milliseconds or 2026-01-31T12:00:00Z`);
  return time;
}

function parseLimit(text: string | undefined, most: number): number {
  if (!text) return DEFAULT_LIMIT;
  const limit = Number(text);
  if (!/^\d+$/.test(text) || limit < 1 || limit > most)
    return refuse(`limit "${text}" is not a number from 1 to ${most}`);
  return limit;
}

/** Opaque to clients: (time, id) of the last item of a page. */
export const formatHistoryCursor = (id: number): string =>
  Buffer.from(`${timeOf(id)}.${id}`, "latin1").toString("base64url");

function parseHistoryCursor(text: string): number {
  const match = /^(-?\d{1,16})\.(-?\d{1,16})$/.exec(Buffer.from(text, "base64url").toString("latin1"));
  const id = Number(match?.[2]);
  if (match === null || !Number.isSafeInteger(id) || timeOf(id) !== Number(match[1]))
    return refuse("the cursor is none of ours; begin without one");
  return id;
}
