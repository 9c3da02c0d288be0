import { type Filter, type FilterSubject, matchesFilter, parseFilter } from "./filter.ts";
import { parseUid, processUid } from "./names.ts";
import type { Role } from "./role.ts";

/**
 * Which part of the fleet somebody may see and touch: a filter over what does not change by itself (names, groups and
 * hosts), so that who sees a process today sees it tomorrow.
 */
export type Access = {
  /** as configured; equal texts mean equal access */
  readonly text: string;
  readonly seesProcess: (supervisor: string, group: string, name: string) => boolean;
  /** Is it theirs by its name alone, whatever runs there? */
  readonly ownsSupervisor: (supervisor: string) => boolean;
};

/** Somebody who has come in. `access` null: the whole fleet. */
export type Account = { readonly name: string | null; readonly role: Role; readonly access: Access | null };

/** @throws Error "what; what to do" */
export function parseAccess(text: string): Access | null {
  const filter = parseFilter(text);
  if (filter.length === 0) return null;
  if (filter.some(({ field }) => field === "state"))
    throw new Error("a filter of states, which come and go; write names, group: and host: alone");
  const hostTerms = filter.filter(({ field }) => field === "supervisor");
  const isOfHosts = hostTerms.length === filter.length;
  return {
    text,
    seesProcess: (supervisor, group, name) => matchesFilter(filter, subject(supervisor, group, name)),
    ownsSupervisor: (supervisor) => isOfHosts && matchesHost(hostTerms, supervisor),
  };
}

export function seesUid(access: Access | null, uid: string): boolean {
  if (access === null) return true;
  const parts = parseUid(uid);
  return parts !== null && access.seesProcess(parts.supervisor, parts.group, parts.name);
}

const matchesHost = (terms: Filter, supervisor: string): boolean => matchesFilter(terms, subject(supervisor, "", ""));

const subject = (supervisor: string, group: string, name: string): FilterSubject => ({
  ...{ uid: processUid(supervisor, group, name), supervisor, group, name },
  ...{ state: "UNKNOWN", trouble: false },
});
