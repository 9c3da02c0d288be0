import { MultivisorError } from "../../domain/errors.ts";
import { type Filter, matchesFilter } from "../../domain/filter.ts";
import { isExactUid, uidMatcher } from "../../domain/pattern.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { globMatcher, isGlob } from "../../lib/glob.ts";
import { filterSubject } from "../../views/process-look.ts";
import type { FleetView } from "../fleet-view.ts";
import { readFilter } from "../read-filter.ts";
import type { ProcessResult } from "./action-result.ts";
import { protectedAgent } from "./targets.ts";

/** Which processes a request means: those that every condition given holds for. */
export type Wanted = {
  /** over uids; [] no such condition */
  readonly uids: readonly string[];
  /** in the page's language; "": none */
  readonly filter: string;
  /** `PLC`, `lid001:PLC`, or patterns of these */
  readonly groups: readonly string[];
  /** names or patterns */
  readonly supervisors: readonly string[];
};

export type Chosen = {
  /** for the actions: exact uids, or the patterns as they came */
  readonly patterns: readonly string[];
  readonly refused: readonly ProcessResult[];
};

type Placed = { readonly process: FleetProcess; readonly supervisor: Supervisor };

/** @throws MultivisorError BAD_REQUEST where the request names nothing (that is not "everything"), or more than is read */
export function selectProcesses(view: FleetView, wanted: Wanted): Chosen {
  const { uids, groups, supervisors } = wanted;
  refuseTooMuch(wanted);
  const filter = readFilter(wanted.filter);
  if (wanted.filter.trim() !== "" && filter.length === 0)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: the filter "${wanted.filter}" says nothing`);
  // By itself a list of names is for the actions to judge, which know of names that nobody bears.
  if (filter.length + groups.length + supervisors.length === 0) return { patterns: uids, refused: [] };
  const placed = [...everyProcess(view)].filter(meets(wanted, filter));
  const isProtected = ({ process }: Placed) => process.isAgent && !uids.includes(process.uid);
  return {
    patterns: placed.filter((one) => !isProtected(one)).map(({ process }) => process.uid),
    refused: [
      ...placed.filter(isProtected).map(({ process }) => protectedAgent(process)),
      ...unknownNames(view, wanted),
    ],
  };
}

/** Each is compared with every process of the fleet. */
const MAX_PATTERNS = 1_000;
const MAX_GLOBS = 100;
const MAX_LENGTH = 1_000;

function refuseTooMuch({ uids, groups, supervisors }: Wanted): void {
  const patterns = [...uids, ...groups, ...supervisors].filter((text) => !isExactUid(text));
  const problem =
    patterns.length > MAX_PATTERNS || patterns.filter(isGlob).length > MAX_GLOBS
      ? `there are more than ${MAX_PATTERNS} names or ${MAX_GLOBS} patterns (whole uids do not count)`
      : patterns.some((text) => text.length > MAX_LENGTH) && `a pattern is longer than ${MAX_LENGTH} characters`;
  if (problem) throw new MultivisorError("BAD_REQUEST", `Cannot read the request: ${problem}`);
}

function* everyProcess(view: FleetView): Generator<Placed> {
  for (const supervisor of view.supervisors().values())
    for (const process of supervisor.processes.values()) yield { process, supervisor };
}

type Matcher = (text: string) => boolean;

/** @returns whether a text is meant by one of the patterns, which are read once; all are where there is no pattern */
const anyOf =
  (matchers: readonly Matcher[]): Matcher =>
  (text) =>
    matchers.length === 0 || matchers.some((matches) => matches(text));

/** A name that holds pattern characters can still be named exactly. */
function nameMatcher(pattern: string): Matcher {
  const matches = globMatcher(pattern);
  return (name) => pattern === name || matches(name);
}

function meets({ uids, groups, supervisors }: Wanted, filter: Filter): (placed: Placed) => boolean {
  const isUid = anyOf(uids.map(uidMatcher));
  const isGroup = anyOf(groups.map(nameMatcher));
  const isSupervisor = anyOf(supervisors.map(nameMatcher));
  return (placed) =>
    isUid(placed.process.uid) &&
    namesOfGroup(placed.process).some(isGroup) &&
    isSupervisor(placed.supervisor.name) &&
    matchesFilter(filter, filterSubject(placed));
}

const namesOfGroup = ({ supervisor, group }: FleetProcess): string[] => [group, `${supervisor}:${group}`];

function unknownNames(view: FleetView, { groups, supervisors }: Wanted): ProcessResult[] {
  const known = new Set([...everyProcess(view)].flatMap(({ process }) => namesOfGroup(process)));
  const noGroup = groups.filter((name) => !isGlob(name) && !known.has(name));
  const noSupervisor = supervisors.filter((name) => !isGlob(name) && !view.supervisors().has(name));
  const unknown = (kind: string) => (name: string) =>
    ({ uid: name, ok: false, code: "BAD_NAME", message: `no such ${kind}: ${name}`, state: null }) as const;
  return [...noGroup.map(unknown("group")), ...noSupervisor.map(unknown("supervisor"))];
}
