import { isExactUid, matchesNamespecPattern, uidMatcher } from "../../domain/pattern.ts";
import { globMatcher } from "../../lib/glob.ts";
import type { HubProcess } from "../../protocol/hub.ts";
import { filterOf, isFilterWord, matches, slips } from "./filter-words.ts";
import { namesSupervisor } from "./known-fleet.ts";

export type Selection = {
  readonly processes: readonly HubProcess[];
  /** words that nothing bears */
  readonly unmatched: readonly string[];
};

/**
 * Uid patterns first; one that speaks of no supervisor is read as supervisorctl would: `group:*`, `group:name`, `all`. What
 * is left are names: `wcid*`.
 */
function select(pattern: string, processes: readonly HubProcess[], supervisors: readonly string[]): HubProcess[] {
  const text = pattern.endsWith(":") ? `${pattern}*` : pattern;
  const isUid = uidMatcher(text);
  const byUid = processes.filter((p) => p.uid === pattern || isUid(p.uid));
  const speaksOfOne = supervisors.some((name) => namesSupervisor(text, name));
  if (byUid.length > 0 || isExactUid(text) || (speaksOfOne && pattern !== "all")) return byUid;
  const byNamespec = processes.filter((p) => matchesNamespecPattern(text, p.uid));
  const isName = globMatcher(text);
  return byNamespec.length > 0 || text.includes(":") ? byNamespec : processes.filter(({ name }) => isName(name));
}

/**
 * In the order of the patterns, each process once. No pattern: all. Terms of the filter language narrow what the
 * patterns select, or all where there is no pattern.
 * @param supervisors names of all, also of those that do not answer: `lid001:*` must not reach a group of that name
 */
export function selectProcesses(
  words: readonly string[],
  processes: readonly HubProcess[],
  supervisors: readonly string[],
): Selection {
  const terms = words.filter((word) => isFilterWord(word, processes));
  const filter = filterOf(terms);
  const patterns = words.filter((word) => !terms.includes(word));
  const selected = new Set<HubProcess>();
  const unmatched = [...slips(filter, processes)];
  for (const pattern of patterns) {
    const found = select(pattern, processes, supervisors);
    if (found.length === 0 && pattern !== "all") unmatched.push(pattern);
    for (const process of found) selected.add(process);
  }
  const candidates = patterns.length === 0 ? processes : [...selected];
  return { processes: filter.length === 0 ? candidates : candidates.filter((p) => matches(filter, p)), unmatched };
}
