import { type Namespec, parseUid, processUid, type SupervisorName } from "../../domain/names.ts";
import { globMatcher, isGlob } from "../../lib/glob.ts";
import type { KnownSupervisor } from "./dictionary.ts";
import type { HistoryQuery } from "./history-query.ts";

type Known = ReadonlyMap<SupervisorName, KnownSupervisor>;

/** Which processes are meant; null: no such condition. Names are exact, or shell patterns. */
export type NameFilter = Pick<HistoryQuery, "uid" | "supervisor" | "group" | "process" | "access">;

export const namesProcesses = ({ uid, group, process, access = null }: NameFilter): boolean =>
  uid !== null || group !== null || process !== null || access !== null;

type Matcher = (text: string) => boolean;

const anything: Matcher = () => true;

/** A name that holds pattern characters can still be named exactly. */
function matcher(pattern: string | null): Matcher {
  if (pattern === null) return anything;
  if (!isGlob(pattern)) return (text) => text === pattern;
  const matches = globMatcher(pattern);
  return (text) => text === pattern || matches(text);
}

/** Multivisor's rule: a uid pattern with neither `:` nor `*` gets `*:` in front. */
const uidPattern = (uid: string | null): string | null => (uid === null || /[:*]/.test(uid) ? uid : `*:${uid}`);

export function supervisorsOf(query: NameFilter, known: Known): KnownSupervisor[] {
  const exact = query.uid !== null && !isGlob(query.uid) ? parseUid(query.uid) : null;
  const matches = matcher(query.supervisor);
  const candidates = exact === null ? [...known.values()] : [known.get(exact.supervisor)];
  const canHave = uidBegins(exact === null ? query.uid : null);
  return candidates.filter(
    (candidate) => candidate !== undefined && matches(candidate.name) && canHave(candidate.name),
  ) as KnownSupervisor[];
}

/** By what a pattern of uids begins with, most supervisors are passed over. */
function uidBegins(uid: string | null): Matcher {
  const pattern = uidPattern(uid);
  if (pattern === null) return anything;
  const literal = pattern.slice(0, Math.max(0, pattern.search(/[*?[]|$/)));
  return (supervisor) => {
    const begin = `${supervisor}:`;
    return literal.length < begin.length ? begin.startsWith(literal) : literal.startsWith(begin);
  };
}

/** The processes of a supervisor that are meant, with their numbers; one after the other. */
export function* eachMatching(query: NameFilter, supervisor: KnownSupervisor): Generator<readonly [Namespec, number]> {
  const isMeant = namesMatcher(query, supervisor.name);
  for (const entry of supervisor.processes) if (isMeant(entry[0])) yield entry;
}

/** Whether a process of a supervisor that is meant itself is meant; groups as a whole are not. */
export function namesMatcher(query: NameFilter, supervisor: SupervisorName): (name: Namespec) => boolean {
  if (!namesProcesses(query)) return (name) => !name.endsWith(":");
  const { begin, end } = endsOf(query);
  const matches = nameCondition(query, supervisor);
  return (name) =>
    name.startsWith(begin) && name.endsWith(end) && !name.endsWith(":") && (matches === null || matches(name));
}

const isExact = (pattern: string | null): pattern is string => pattern !== null && !isGlob(pattern);

/** Most names are passed over by a look at their ends. */
const endsOf = ({ group, process }: NameFilter) => ({
  begin: isExact(group) ? `${group}:` : "",
  end: isExact(process) ? `:${process}` : "",
});

/** @returns null where the ends of the name have told all */
function nameCondition(query: NameFilter, supervisor: SupervisorName): ((key: Namespec) => boolean) | null {
  const { access = null } = query;
  const isToldByEnds = [query.group, query.process].every((pattern) => pattern === null || isExact(pattern));
  if (isToldByEnds && query.uid === null && access === null) return null;
  const uid = matcher(uidPattern(query.uid));
  const group = matcher(query.group);
  const process = matcher(query.process);
  return (key) => {
    const colon = key.indexOf(":");
    const [ownGroup, name] = [key.slice(0, colon), key.slice(colon + 1)];
    if (!group(ownGroup) || !process(name) || !(access?.seesProcess(supervisor, ownGroup, name) ?? true)) return false;
    return query.uid === null || uid(processUid(supervisor, ownGroup, name));
  };
}
