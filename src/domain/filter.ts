import { isGlob, matchesGlob } from "../lib/glob.ts";
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

type FilterTerm = { readonly field: FilterField; readonly pattern: string; readonly negated: boolean };

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
    if (pattern === "") return [];
    return [{ field: field ?? "any", pattern: pattern.toLowerCase(), negated: minus === "-" }];
  });
}

export const matchesFilter = (filter: Filter, subject: FilterSubject): boolean =>
  filter.every((term) => holds(term, subject) !== term.negated);

function holds({ field, pattern }: FilterTerm, subject: FilterSubject): boolean {
  switch (field) {
    case "state":
      return pattern === "trouble" ? subject.trouble : matchesState(pattern, subject.state);
    case "name":
    case "group":
    case "supervisor":
      return matchesText(pattern, subject[field]);
    case "any":
      return isGlob(pattern)
        ? [subject.uid, subject.name, subject.group, subject.supervisor].some((text) => matchesText(pattern, text))
        : matchesText(pattern, subject.uid);
  }
}

/** `run` is enough for RUNNING; `stop` means STOPPED and STOPPING. */
const matchesState = (pattern: string, state: ProcessStateName): boolean =>
  isGlob(pattern) ? matchesText(pattern, state) : state.toLowerCase().startsWith(pattern);

/** A glob speaks of the whole text, a plain word of any part of it. */
function matchesText(pattern: string, text: string): boolean {
  const lower = text.toLowerCase();
  return isGlob(pattern) ? matchesGlob(pattern, lower) : lower.includes(pattern);
}
