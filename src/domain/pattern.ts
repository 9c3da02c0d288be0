import { globMatcher, isGlob, matchesGlob } from "../lib/glob.ts";
import { parseUid } from "./names.ts";

/**
 * Multivisor's rule: a shell pattern over uids; one with neither `:` nor `*` gets `*:` in front, so that `wcid00a`
 * names the process on whichever supervisor and in whichever group it is.
 */
export function uidMatcher(pattern: string): (uid: string) => boolean {
  const matches = globMatcher(/[:*]/.test(pattern) ? pattern : `*:${pattern}`);
  return (uid) => pattern === uid || matches(uid);
}

/** True where the pattern can mean one process only, so that "no such process" is a fair answer. */
export const isExactUid = (pattern: string): boolean => !isGlob(pattern) && parseUid(pattern) !== null;

/**
 * supervisorctl's rule, which knows of one host only: `group:name`, `group:*` and `group:` for a whole group, `all`.
 * Not for actions: `lid001:*` would reach a group of that name on every other host.
 */
export function matchesNamespecPattern(pattern: string, uid: string): boolean {
  if (pattern === "all") return true;
  const parts = parseUid(uid);
  if (parts === null) return false;
  return matchesGlob(pattern.endsWith(":") ? `${pattern}*` : pattern, `${parts.group}:${parts.name}`);
}
