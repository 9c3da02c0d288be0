import { parseUid, processUid, type SupervisorName } from "../../domain/names.ts";
import { globMatcher, isGlob } from "../../lib/glob.ts";
import type { KnownSupervisor } from "./dictionary.ts";
import type { HistoryQuery } from "./history-query.ts";
import { GAP_CODE, STATE_CODE, STATE_CODES } from "./item-codes.ts";

/** Rows that share an index entry but for the time: those of one owner with one code. */
export type Run = { readonly of: "process" | "supervisor"; readonly owner: number; readonly code: number };

type Known = ReadonlyMap<SupervisorName, KnownSupervisor>;

/**
 * The runs that together hold what the query asks for.
 * @returns null where that is everything
 */
export function scopeOf(query: HistoryQuery, known: Known): Run[] | null {
  const isOpen = query.supervisor === null && query.states === null && !namesProcesses(query);
  return isOpen ? null : supervisorsOf(query, known).flatMap((supervisor) => runsOf(query, supervisor));
}

const namesProcesses = ({ uid, group, process }: HistoryQuery) => uid !== null || group !== null || process !== null;

function runsOf(query: HistoryQuery, supervisor: KnownSupervisor): Run[] {
  const codes = query.states?.map((state) => STATE_CODE[state]) ?? STATE_CODES;
  const all = (of: Run["of"], owner: number): Run[] => codes.map((code) => ({ of, owner, code }));
  const processes = namesProcesses(query) ? processesOf(query, supervisor) : null;
  if (processes?.length === 0) return [];
  const transitions = processes?.flatMap((id) => all("process", id)) ?? all("supervisor", supervisor.id);
  // A gap is of the supervisor, and so of each of its processes.
  const gaps: Run[] = query.states === null ? [{ of: "supervisor", owner: supervisor.id, code: GAP_CODE }] : [];
  return [...transitions, ...gaps];
}

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

function supervisorsOf(query: HistoryQuery, known: Known): KnownSupervisor[] {
  const exact = query.uid !== null && !isGlob(query.uid) ? parseUid(query.uid) : null;
  const matches = matcher(query.supervisor);
  const candidates = exact === null ? [...known.values()] : [known.get(exact.supervisor)];
  return candidates.filter((candidate) => candidate !== undefined && matches(candidate.name)) as KnownSupervisor[];
}

function processesOf(query: HistoryQuery, supervisor: KnownSupervisor): number[] {
  const uid = matcher(uidPattern(query.uid));
  const group = matcher(query.group);
  const process = matcher(query.process);
  const ids: number[] = [];
  for (const [key, id] of supervisor.processes) {
    const colon = key.indexOf(":");
    const [ownGroup, name] = [key.slice(0, colon), key.slice(colon + 1)];
    if (name === "" || !group(ownGroup) || !process(name)) continue;
    if (query.uid === null || uid(processUid(supervisor.name, ownGroup, name))) ids.push(id);
  }
  return ids;
}
