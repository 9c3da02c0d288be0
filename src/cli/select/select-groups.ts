import { MultivisorError } from "../../domain/errors.ts";
import type { HubData } from "../../protocol/hub.ts";
import { selectSupervisors } from "./select-targets.ts";

/** Groups of one supervisord. */
export type GroupsOf = {
  readonly supervisor: string;
  /** [] means all of it */
  readonly groups: readonly string[];
  /** it was named by a pattern: it need not have the group */
  readonly byPattern: boolean;
};

/**
 * `SUPERVISOR`, or `SUPERVISOR:GROUP` where groups are meant; the supervisor may be a glob or `all`.
 * @param groups must a group be named?
 * @throws MultivisorError BAD_NAME, BAD_REQUEST
 */
export function selectGroups(data: HubData, words: readonly string[], groups: "none" | "maybe" | "must"): GroupsOf[] {
  const found = new Map<string, { groups: Set<string> | null; byPattern: boolean }>();
  for (const word of words) {
    const { supervisor, group } = splitWord(word, groups);
    for (const name of selectSupervisors(data, [supervisor])) {
      const known = found.get(name);
      const all = group === null || known?.groups === null;
      const named = all ? null : new Set(known?.groups).add(group);
      found.set(name, { groups: named, byPattern: name !== supervisor && known?.byPattern !== false });
    }
  }
  return [...found].map(([supervisor, one]) => ({
    supervisor,
    groups: [...(one.groups ?? [])],
    byPattern: one.byPattern,
  }));
}

function splitWord(word: string, groups: "none" | "maybe" | "must"): { supervisor: string; group: string | null } {
  const colon = groups === "none" ? -1 : word.indexOf(":");
  const supervisor = colon < 0 ? word : word.slice(0, colon);
  const group = colon < 0 ? null : word.slice(colon + 1).replace(/:\*$/, "");
  if (group === null && groups === "must")
    throw new MultivisorError("BAD_REQUEST", `Cannot read ${word}: write SUPERVISOR:GROUP, or '*:${word}' for all`);
  if (group === "")
    throw new MultivisorError("BAD_REQUEST", `Cannot read ${word}: the group is missing after the colon`);
  return { supervisor, group: group === "*" ? null : group };
}

/** As it is written. */
export const groupsWords = ({ supervisor, groups }: GroupsOf): string =>
  groups.length === 0 ? supervisor : groups.map((group) => `${supervisor}:${group}`).join(", ");
