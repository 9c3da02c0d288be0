import { type Filter, type FilterSubject, isTroubled, matchesFilter, parseFilter } from "../../domain/filter.ts";

import type { HubProcess } from "../../protocol/hub.ts";

const TERM = /^-?(?:name|process|group|host|supervisor|state):/i;

/**
 * Is this a term of the page's filter language (`state:fatal`, `host:web*`, `-group:PLC`, several in one word)? Not where
 * a group or a supervisor bears the field's name: then `state:x` is a uid or a name as it always was.
 */
export function isFilterWord(word: string, processes: readonly HubProcess[]): boolean {
  if (!TERM.test(word) || word.endsWith(":")) return false;
  const field = word.replace(/^-/, "").slice(0, word.replace(/^-/, "").indexOf(":"));
  return !processes.some(({ group, supervisor }) => group === field || supervisor === field);
}

export const subjectOf = (process: HubProcess): FilterSubject => {
  const { uid, supervisor, group, name, statename: state } = process;
  return { uid, supervisor, group, name, state, trouble: isTroubled({ ...process, state }) };
};

export const matches = (filter: Filter, process: HubProcess): boolean => matchesFilter(filter, subjectOf(process));

/** Terms about names that nothing bears are slips of the keyboard; that nothing is in a state may well be. */
export const slips = (filter: Filter, processes: readonly HubProcess[]): string[] =>
  filter
    .filter(({ field, negated }) => field !== "state" && !negated)
    .flatMap((term) => term.alternatives.map((one) => ({ ...term, alternatives: [one] })))
    .filter((term) => !processes.some((process) => matches([term], process)))
    .map(({ field, alternatives: [only] }) => `${field === "any" ? "" : `${field}:`}${only?.pattern}`);

export const filterOf = (words: readonly string[]): Filter => words.flatMap(parseFilter);
