import { type Namespec, parseUid, processUid, type SupervisorName } from "../../domain/names.ts";
import { globMatcher, isGlob } from "../../lib/glob.ts";
import type { KnownSupervisor } from "./dictionary.ts";
import type { HistoryKind, HistoryQuery } from "./history-query.ts";
import {
  COMMAND_CODE,
  GAP_CODE,
  GROUP_CODE,
  LINK_CODE,
  runOf,
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
  /** the runs that together hold what is asked for; null: all that have these codes */
  readonly runs: readonly number[] | null;
};

export function scopeOf(query: HistoryQuery, known: Known): Scope {
  const kinds = isOfStates(query) ? query.kinds.filter((kind) => kind === "transition") : query.kinds;
  const codes = new Set(kinds.flatMap((kind) => codesOf(kind, query)));
  const isOpen = query.supervisor === null && !namesProcesses(query);
  const isOfSupervisors = kinds.every((kind) => kind === "gap" || kind === "supervisor" || kind === "link");
  if (isOpen && !isOfSupervisors) return { codes, runs: null };
  return { codes, runs: supervisorsOf(query, known).flatMap((supervisor) => runsOf(query, kinds, supervisor)) };
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

function runsOf(query: HistoryQuery, kinds: readonly HistoryKind[], supervisor: KnownSupervisor): number[] {
  const matching = namesProcesses(query) ? matchingNames(query, supervisor) : null;
  if (matching?.size === 0) return [];
  const all = [...supervisor.processes];
  const processes = all.filter(([name]) => !name.endsWith(":") && (matching?.has(name) ?? true));
  const groupNames = matching === null ? null : new Set([...matching.keys()].map(groupKeyOf));
  const groups = all.filter(([name]) => name.endsWith(":") && (groupNames?.has(name) ?? true));
  const runs = (ids: readonly number[], codes: readonly number[]) =>
    ids.flatMap((id) => codes.map((code) => runOf(id, code)));
  const ids = (of: readonly (readonly [Namespec, number])[]) => of.map(([, id]) => id);
  return kinds.flatMap((kind) => {
    const codes = codesOf(kind, query);
    // A gap is of the supervisor, and so of each of its processes; so is what supervisord does.
    const own = runs([-supervisor.id], codes);
    if (kind === "transition") return runs(ids(processes), codes);
    if (kind === "group") return runs(ids(groups), codes);
    return kind === "command" ? [...own, ...runs(ids(processes), codes)] : own;
  });
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
  return candidates.filter((candidate) => candidate !== undefined && matches(candidate.name)) as KnownSupervisor[];
}

/** The processes of a supervisor that are meant, with their numbers. */
export function matchingNames(query: NameFilter, supervisor: KnownSupervisor): Map<Namespec, number> {
  const uid = matcher(uidPattern(query.uid));
  const group = matcher(query.group);
  const process = matcher(query.process);
  const found = new Map<Namespec, number>();
  for (const [key, id] of supervisor.processes) {
    const colon = key.indexOf(":");
    const [ownGroup, name] = [key.slice(0, colon), key.slice(colon + 1)];
    if (name === "" || !group(ownGroup) || !process(name)) continue;
    if (query.access && !query.access.seesProcess(supervisor.name, ownGroup, name)) continue;
    if (query.uid === null || uid(processUid(supervisor.name, ownGroup, name))) found.set(key, id);
  }
  return found;
}
