import { globMatcher, isGlob } from "../lib/glob.ts";
import type { ProcessStateName } from "./states.ts";
import type { LinkStatus } from "./supervisor.ts";

/** What a filter looks at. */
export type FilterSubject = {
  readonly uid: string;
  readonly supervisor: string;
  readonly group: string;
  readonly name: string;
  /** as shown: UNKNOWN where the host is down; of a supervisor how its link is */
  readonly state: ProcessStateName | LinkStatus;
  /** see `isTroubled` */
  readonly trouble: boolean;
};

type FilterField = "any" | "name" | "group" | "supervisor" | "state";

type Alternative = {
  /** in small letters */
  readonly pattern: string;
  /** does a text in small letters meet the pattern? Read once: it is asked of every process of a fleet */
  readonly meets: (text: string) => boolean;
};

type FilterTerm = {
  readonly field: FilterField;
  /** one of them must hold: `state:fatal,backoff` */
  readonly alternatives: readonly Alternative[];
  readonly negated: boolean;
};

/** All terms must hold; no term: everything matches. */
export type Filter = readonly FilterTerm[];

const FIELDS: ReadonlyMap<string, FilterField> = new Map([
  ["name", "name"],
  ["process", "name"],
  ["group", "group"],
  ["host", "supervisor"],
  ["supervisor", "supervisor"],
  ["state", "state"],
] as const);

/** `-`, a field with its colon, then anything up to the next space; quotes hold spaces and commas together. */
const TERM = /(-?)(?:([a-z]+):)?((?:"[^"]*"?|[^\s"])*)/gi;
/** One of several, separated by commas. */
const ALTERNATIVE = /(?:"[^"]*"?|[^",])+/g;

const unquoted = (text: string): string => text.replaceAll('"', "").toLowerCase();

/**
 * Words separated by spaces: `wcid state:fatal,backoff host:web* -group:PLC "two words"`. Case does not count. A word
 * whose prefix is no field of ours (`lid001:PLC`) is looked for as it stands. Half a term (`-`, `state:`) says nothing yet.
 */
export function parseFilter(text: string): Filter {
  return [...text.matchAll(TERM)].flatMap(([whole = "", minus = "", prefix, value = ""]) => {
    const field = prefix === undefined ? undefined : FIELDS.get(prefix.toLowerCase());
    const values = field === undefined ? [whole.slice(minus.length)] : (value.match(ALTERNATIVE) ?? []);
    const patterns = values.map(unquoted).filter((pattern) => pattern !== "");
    return patterns.length === 0 ? [] : [termOf(field ?? "any", patterns, minus === "-")];
  });
}

export function matchesFilter(filter: Filter, subject: FilterSubject): boolean {
  if (filter.length === 0) return true;
  const small = smallLetters(subject);
  return filter.every(({ field, alternatives, negated }) => {
    const is = alternatives.some((alternative) => holds(field, alternative, subject.trouble, small));
    return is !== negated;
  });
}

type TextOf = (field: "uid" | "supervisor" | "group" | "name" | "state") => string;

/** Each text once, however many terms look at it. */
function smallLetters(subject: FilterSubject): TextOf {
  const known: Partial<Record<Parameters<TextOf>[0], string>> = {};
  return (field) => (known[field] ??= subject[field].toLowerCase());
}

const termOf = (field: FilterField, patterns: readonly string[], negated: boolean): FilterTerm => ({
  ...{ field, negated },
  alternatives: patterns.map((pattern) => ({ pattern, meets: meetingOf(field, pattern) })),
});

/** A glob speaks of the whole text, a plain word of any part of it, and `run` is enough for RUNNING (`stop` for two). */
function meetingOf(field: FilterField, pattern: string): Alternative["meets"] {
  if (isGlob(pattern)) return globMatcher(pattern);
  return field === "state" ? (text) => text.startsWith(pattern) : (text) => text.includes(pattern);
}

function holds(field: FilterField, { pattern, meets }: Alternative, trouble: boolean, textOf: TextOf): boolean {
  switch (field) {
    case "state":
      return pattern === "trouble" ? trouble : meets(textOf("state"));
    case "name":
    case "group":
    case "supervisor":
      return meets(textOf(field));
    case "any":
      return meets(textOf("uid")) || (isGlob(pattern) && NAMES.some((name) => meets(textOf(name))));
  }
}

const NAMES = ["name", "group", "supervisor"] as const;

/** What is counted as trouble everywhere. A retry is part of the backoff, though supervisord calls it STARTING. */
export function isTroubled({ state, expected, tries }: Trouble): boolean {
  if (state === "EXITED") return expected === false;
  return state === "FATAL" || state === "BACKOFF" || (state === "STARTING" && (tries ?? 0) > 0);
}

type Trouble = {
  readonly state: ProcessStateName;
  /** of an end; null: not known */
  readonly expected?: boolean | null | undefined;
  readonly tries?: number | null | undefined;
};
