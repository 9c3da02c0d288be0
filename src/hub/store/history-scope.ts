import type { HistoryKind } from "../../domain/history-conditions.ts";
import type { Namespec } from "../../domain/names.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import type { HistoryQuery } from "./history-query.ts";
import {
  COMMAND_CODE,
  GAP_CODE,
  GROUP_CODE,
  LAST_STATE_CODE,
  LINK_CODE,
  ownerOf,
  runOf,
  STATE_CODE,
  STATE_CODES,
  SUPERVISOR_CODE,
} from "./item-codes.ts";
import { eachMatching, namesMatcher, namesProcesses, supervisorsOf } from "./name-filter.ts";

export type Scope = {
  /** what happened, as codes */
  readonly codes: ReadonlySet<number>;
  /** all runs that are meant, where they are few enough to ask for each; null: too many, or all */
  readonly runs: readonly number[] | null;
  /** of a process, a group, or a supervisor as minus its number; null: all are meant */
  readonly isMeant: ((owner: number) => boolean) | null;
};

/** So many runs are asked one by one. More are found by looking through all rows. */
const FEW_RUNS = 600;
/** So many in any case; else those of a large part of all processes are met soon enough in all rows. */
const VERY_FEW_RUNS = 64;
const LARGE_PART = 1 / 20;

export function scopeOf(query: HistoryQuery, dictionary: Dictionary): Scope {
  const kinds = query.kinds.filter((kind) => canMeet(kind, query));
  const codes = new Set(kinds.flatMap((kind) => codesOf(kind, query)));
  if (query.supervisor === null && !namesProcesses(query)) return { codes, runs: null, isMeant: null };
  const runs = fewRuns(query, codes, dictionary);
  const isLarge = runs !== null && runs.length > VERY_FEW_RUNS && isLargePart(runs, dictionary);
  return { codes, runs: isLarge ? null : runs, isMeant: ownerCondition(query, dictionary) };
}

/** Transitions alone enter states and are expected; of groups there is a cause, too. */
function canMeet(kind: HistoryKind, { states, causes, expected }: HistoryQuery): boolean {
  if (kind === "transition") return true;
  return states === null && expected === null && (causes === null || kind === "group");
}

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

const isOfGroups = (code: number): boolean => code === GROUP_CODE.ADDED || code === GROUP_CODE.REMOVED;
const isOfProcesses = (code: number): boolean => code <= LAST_STATE_CODE || code === COMMAND_CODE;
/** A gap is of the supervisor, and so of each of its processes; so is what supervisord does. */
const isOfSupervisors = (code: number): boolean => code > LAST_STATE_CODE && !isOfGroups(code);

const groupKeyOf = (name: Namespec): Namespec => `${name.slice(0, name.indexOf(":"))}:`;

function fewRuns(query: HistoryQuery, codes: ReadonlySet<number>, dictionary: Dictionary): number[] | null {
  const runs: number[] = [];
  const all = [...codes];
  const add = (owner: number, of: (code: number) => boolean) => {
    for (const code of all) if (of(code)) runs.push(runOf(owner, code));
  };
  for (const supervisor of supervisorsOf(query, dictionary.supervisors)) {
    const groups = new Set<Namespec>();
    for (const [name, id] of eachMatching(query, supervisor)) {
      add(id, isOfProcesses);
      groups.add(groupKeyOf(name));
      if (runs.length > FEW_RUNS) return null;
    }
    if (groups.size === 0 && namesProcesses(query)) continue;
    add(-supervisor.id, isOfSupervisors);
    for (const [name, id] of supervisor.processes)
      if (name.endsWith(":") && (groups.has(name) || !namesProcesses(query))) add(id, isOfGroups);
    if (runs.length > FEW_RUNS) return null;
  }
  return runs;
}

const isLargePart = (runs: readonly number[], dictionary: Dictionary): boolean =>
  new Set(runs.map(ownerOf)).size > dictionary.count() * LARGE_PART;

/** Found out once for each owner that is met. */
function ownerCondition(query: HistoryQuery, dictionary: Dictionary): (owner: number) => boolean {
  const supervisors = new Map(supervisorsOf(query, dictionary.supervisors).map((one) => [one.id, one]));
  const known = new Map<number, boolean>();
  const hasAny = (supervisor: KnownSupervisor, group = "") => {
    for (const [name] of eachMatching(query, supervisor)) if (name.startsWith(group)) return true;
    return !namesProcesses(query);
  };
  function find(owner: number): boolean {
    const place = owner < 0 ? undefined : dictionary.placeOf(owner);
    const supervisor = supervisors.get(owner < 0 ? -owner : (place?.supervisor.id ?? 0));
    if (supervisor === undefined) return false;
    if (place === undefined) return hasAny(supervisor);
    return place.name.endsWith(":") ? hasAny(supervisor, place.name) : namesMatcher(query, supervisor.name)(place.name);
  }
  return (owner) => {
    const found = known.get(owner) ?? find(owner);
    known.set(owner, found);
    return found;
  };
}
