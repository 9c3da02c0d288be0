import { MultivisorError } from "../../domain/errors.ts";
import { type Filter, matchesFilter, parseFilter } from "../../domain/filter.ts";
import { matchesUidPattern } from "../../domain/pattern.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { isGlob, matchesGlob } from "../../lib/glob.ts";
import { filterSubject } from "../../views/process-look.ts";
import type { FleetView } from "../fleet-view.ts";
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

/** @throws MultivisorError BAD_REQUEST where the request names nothing: that is not "everything" */
export function selectProcesses(view: FleetView, wanted: Wanted): Chosen {
  const { uids, groups, supervisors } = wanted;
  const filter = parseFilter(wanted.filter);
  if (wanted.filter.trim() !== "" && filter.length === 0)
    throw new MultivisorError("BAD_REQUEST", `Cannot read the request: the filter "${wanted.filter}" says nothing`);
  // By itself a list of names is for the actions to judge, which know of names that nobody bears.
  if (filter.length + groups.length + supervisors.length === 0) return { patterns: uids, refused: [] };
  const placed = [...everyProcess(view)].filter((one) => holds(one, wanted, filter));
  const agents = placed.filter(({ process }) => process.isAgent && !uids.includes(process.uid));
  return {
    patterns: placed.filter((one) => !agents.includes(one)).map(({ process }) => process.uid),
    refused: [...agents.map(({ process }) => protectedAgent(process)), ...unknownNames(view, wanted)],
  };
}

function* everyProcess(view: FleetView): Generator<Placed> {
  for (const supervisor of view.supervisors().values())
    for (const process of supervisor.processes.values()) yield { process, supervisor };
}

const none = (patterns: readonly string[]) => patterns.length === 0;

const holds = (placed: Placed, { uids, groups, supervisors }: Wanted, filter: Filter): boolean =>
  (none(uids) || uids.some((pattern) => matchesUidPattern(pattern, placed.process.uid))) &&
  (none(groups) || groups.some((pattern) => matchesGroup(pattern, placed.process))) &&
  (none(supervisors) || supervisors.some((pattern) => matches(pattern, placed.supervisor.name))) &&
  matchesFilter(filter, filterSubject(placed));

/** A name that holds pattern characters can still be named exactly. */
const matches = (pattern: string, name: string): boolean => pattern === name || matchesGlob(pattern, name);

const matchesGroup = (pattern: string, { supervisor, group }: FleetProcess): boolean =>
  matches(pattern, group) || matches(pattern, `${supervisor}:${group}`);

function unknownNames(view: FleetView, { groups, supervisors }: Wanted): ProcessResult[] {
  const all = [...everyProcess(view)];
  const noGroup = groups.filter((name) => !isGlob(name) && !all.some(({ process }) => matchesGroup(name, process)));
  const noSupervisor = supervisors.filter((name) => !isGlob(name) && !view.supervisors().has(name));
  const unknown = (kind: string) => (name: string) =>
    ({ uid: name, ok: false, code: "BAD_NAME", message: `no such ${kind}: ${name}`, state: null }) as const;
  return [...noGroup.map(unknown("group")), ...noSupervisor.map(unknown("supervisor"))];
}
