import { type Namespec, parseUid, processUid, type SupervisorName } from "../../domain/names.ts";
import { globMatcher, isGlob } from "../../lib/glob.ts";
import type { KnownSupervisor } from "./dictionary.ts";
import type { HistoryKind, HistoryQuery } from "./history-query.ts";
import {
  COMMAND_CODE,
  GAP_CODE,
  GROUP_CODE,
  LINK_CODE,
  STATE_CODE,
  STATE_CODES,
  SUPERVISOR_CODE,
} from "./item-codes.ts";

type Known = ReadonlyMap<SupervisorName, KnownSupervisor>;

/** Which processes are meant; null: no such condition. */
export type NameFilter = Pick<HistoryQuery, "uid" | "supervisor" | "group" | "process" | "access">;

export type Scope = {
  /** what happened, as codes */
  readonly codes: ReadonlySet<number>;
  /** processes, groups, and supervisors as minus their number; null: all */
  readonly owners: readonly number[] | null;
};

export function scopeOf(query: HistoryQuery, known: Known): Scope {
  const kinds = isOfStates(query) ? query.kinds.filter((kind) => kind === "transition") : query.kinds;
  const codes = new Set(kinds.flatMap((kind) => codesOf(kind, query)));
  const isOpen = query.supervisor === null && !namesProcesses(query);
  const isOfSupervisors = kinds.every((kind) => kind === "gap" || kind === "supervisor" || kind === "link");
  if (isOpen && !isOfSupervisors) return { codes, owners: null };
  const owners: number[] = [];
  for (const supervisor of supervisorsOf(query, known)) addOwners(owners, query, kinds, supervisor);
  return { codes, owners };
}

/** Conditions that transitions alone can meet. */
const isOfStates = ({ states, causes, expected }: HistoryQuery): boolean =>
  states !== null || causes !== null || expected !== null;

const namesProcesses = ({ uid, group, process, access = null }: NameFilter) =>
  uid !== null || group !== null || process !== null || access !== null;

function codesOf(kind: HistoryKind, { states, expected }: HistoryQuery): readonly number[] {
  switch (kind) {
    case "transition": {
      const codes = states?.map((state) => STATE_CODE[state]) ?? STATE_CODES;
      return expected === null ? codes : codes.filter((code) => code === STATE_CODE.EXITED);
    }
    case "gap":
      return [GAP_CODE];
    case "supervisor":
      return Object.values(SUPERVISOR_CODE);
    case "link":
      return Object.values(LINK_CODE);
    case "group":
      return Object.values(GROUP_CODE);
    case "command":
      return [COMMAND_CODE];
  }
}

function addOwners(
  owners: number[],
  query: HistoryQuery,
  kinds: readonly HistoryKind[],
  supervisor: KnownSupervisor,
): void {
  const matching = matchingNames(query, supervisor);
  if (matching.size === 0 && namesProcesses(query)) return;
  // A gap is of the supervisor, and so of each of its processes; so is what supervisord does.
  if (kinds.some((kind) => kind !== "transition" && kind !== "group")) owners.push(-supervisor.id);
  if (kinds.includes("transition") || kinds.includes("command")) for (const id of matching.values()) owners.push(id);
  if (!kinds.includes("group")) return;
  const groups = new Set([...matching.keys()].map(groupKeyOf));
  for (const [name, id] of supervisor.processes)
    if (name.endsWith(":") && (groups.has(name) || !namesProcesses(query))) owners.push(id);
}

const groupKeyOf = (name: Namespec): Namespec => `${name.slice(0, name.indexOf(":"))}:`;

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

/** The processes of a supervisor that are meant, with their numbers. */
export function matchingNames(query: NameFilter, supervisor: KnownSupervisor): Map<Namespec, number> {
  const found = new Map<Namespec, number>();
  const { begin, end } = endsOf(query);
  const matches = nameCondition(query, supervisor.name);
  for (const [key, id] of supervisor.processes)
    if (key.startsWith(begin) && key.endsWith(end) && !key.endsWith(":") && (matches?.(key) ?? true))
      found.set(key, id);
  return found;
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
