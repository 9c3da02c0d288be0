import { isExactUid, matchesNamespecPattern, matchesUidPattern } from "../domain/pattern.ts";
import type { HubProcess } from "../protocol/hub.ts";

export type Selection = {
  readonly processes: readonly HubProcess[];
  /** patterns that match nothing */
  readonly unmatched: readonly string[];
};

/** Uid patterns first; one that matches no uid is read as supervisorctl would: `group:*`, `group:name`, `all`. */
function select(pattern: string, processes: readonly HubProcess[]): readonly HubProcess[] {
  const byUid = processes.filter((p) => matchesUidPattern(pattern, p.uid));
  if (byUid.length > 0 || isExactUid(pattern)) return byUid;
  return processes.filter((p) => matchesNamespecPattern(pattern, p.uid));
}

/** In the order of the patterns, each process once. No pattern: all. */
export function selectProcesses(patterns: readonly string[], processes: readonly HubProcess[]): Selection {
  if (patterns.length === 0) return { processes, unmatched: [] };
  const selected = new Set<HubProcess>();
  const unmatched: string[] = [];
  for (const pattern of patterns) {
    const matches = select(pattern, processes);
    if (matches.length === 0 && pattern !== "all") unmatched.push(pattern);
    for (const process of matches) selected.add(process);
  }
  return { processes: [...selected], unmatched };
}
