import { globMatcher, isGlob } from "../lib/glob.ts";
import type { ProcessStateName } from "./states.ts";

/** What a filter looks at. */
export type FilterSubject = {
  readonly uid: string;
  readonly supervisor: string;
  readonly group: string;
  readonly name: string;
  /** as shown: UNKNOWN where the host is down */
  readonly state: ProcessStateName;
  /** what the page counts as trouble: FATAL, BACKOFF, EXITED unexpectedly */
  readonly trouble: boolean;
};

type FilterField = "any" | "name" | "group" | "supervisor" | "state";

type FilterTerm = {
  readonly field: FilterField;
  /** in small letters */
  readonly pattern: string;
  readonly negated: boolean;
  /** does a text in small letters meet the pattern? Read once: it is asked of every process of a fleet */
  readonly meets: (text: string) => boolean;
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

/** `-`, a field with its colon, then quoted text or anything up to the next space. */
const TERM = /(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S*))/gi;

/**
 * Words separated by spaces: `wcid state:fatal host:web* -group:PLC "two words"`. Case does not count. A word whose
 * prefix is no field of ours (`lid001:PLC`) is looked for as it stands. Half a term (`-`, `state:`) says nothing yet.
 */
export function parseFilter(text: string): Filter {
  return [...text.matchAll(TERM)].flatMap((match) => {
    const [whole = "", minus = "", prefix, quoted, bare] = match;
    const field = prefix === undefined ? "any" : FIELDS.get(prefix.toLowerCase());
    const pattern = field === undefined ? whole.slice(minus.length).replaceAll('"', "") : (quoted ?? bare ?? "");
    return pattern === "" ? [] : [termOf(field ?? "any", pattern.toLowerCase(), minus === "-")];
  });
}

export function matchesFilter(filter: Filter, subject: FilterSubject): boolean {
  if (filter.length === 0) return true;
  const small = smallLetters(subject);
  return filter.every((term) => holds(term, subject.trouble, small) !== term.negated);
}

type TextOf = (field: "uid" | "supervisor" | "group" | "name" | "state") => string;

/** Each text once, however many terms look at it. */
function smallLetters(subject: FilterSubject): TextOf {
  const known: Partial<Record<Parameters<TextOf>[0], string>> = {};
  return (field) => (known[field] ??= subject[field].toLowerCase());
}

const termOf = (field: FilterField, pattern: string, negated: boolean): FilterTerm => ({
  ...{ field, pattern, negated },
  meets: meetingOf(field, pattern),
});

/** A glob speaks of the whole text, a plain word of any part of it, and `run` is enough for RUNNING (`stop` for two). */
function meetingOf(field: FilterField, pattern: string): FilterTerm["meets"] {
  if (isGlob(pattern)) return globMatcher(pattern);
  return field === "state" ? (text) => text.startsWith(pattern) : (text) => text.includes(pattern);
}

function holds({ field, pattern, meets }: FilterTerm, trouble: boolean, textOf: TextOf): boolean {
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
