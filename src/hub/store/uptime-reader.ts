import { addFigures, type Figures, NO_FIGURES, type TimelineInterval } from "../../domain/figures.ts";
import { type Namespec, parseUid, type SupervisorName } from "../../domain/names.ts";
import type { Accounts } from "./accounts.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import type { Window } from "./figures.ts";
import { createFiguresReader, type ProcessFigures, type ReadProcess } from "./figures-reader.ts";
import { rowsOf } from "./history-rows.ts";
import { codeOf, GROUP_CODE, LINK_CODE, runOf } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import { eachMatching, type NameFilter, supervisorsOf } from "./name-filter.ts";
import type { HistoryDatabase } from "./open-database.ts";
import { runRows } from "./run-rows.ts";
import { intervalsOf, intervalsOfAccounts, mergedToPixels, type Standing, standingAfter } from "./timeline.ts";

export type SummaryBy = "process" | "group" | "supervisor";

export type SummaryQuery = Window & NameFilter & { readonly by: SummaryBy };

/** `key` is a uid, the name of a group on all hosts, or a supervisor. */
export type SummaryRow = { readonly key: string; readonly processes: number; readonly figures: Figures };

export type TimelineQuery = Window & { readonly uid: string; readonly width: number };

export type Timeline = {
  /** what comes after is not known (yet) */
  readonly knownMs: number;
  readonly intervals: readonly TimelineInterval[];
};

const groupNameOf = (name: Namespec): string => name.slice(0, name.indexOf(":"));

/** Each process is a row of its own: no sum is looked for. */
function createRows() {
  const rows: SummaryRow[] = [];
  return {
    add: ({ process, figures }: ProcessFigures) =>
      void rows.push({ key: `${process.supervisor}:${process.name}`, processes: 1, figures }),
    rows: () => rows,
  };
}

function createSums(by: SummaryBy) {
  if (by === "process") return createRows();
  const keyOf =
    by === "group" ? ({ name }: ReadProcess) => groupNameOf(name) : ({ supervisor }: ReadProcess) => supervisor;
  const sums = new Map<string, SummaryRow>();
  return {
    add({ process, figures }: ProcessFigures): void {
      const key = keyOf(process);
      const sum = sums.get(key);
      const more = { key, processes: (sum?.processes ?? 0) + 1 };
      sums.set(key, { ...more, figures: sum === undefined ? figures : addFigures(sum.figures, figures) });
    },
    rows: () => [...sums.values()],
  };
}

/** Of one process so much is looked at row by row. */
const MAX_ITEMS = 20_000;

export type UptimeReader = ReturnType<typeof createUptimeReader>;

/**
 * @param knownUntil the last moment at which all of a supervisor is known, its host's clock
 */
export function createUptimeReader(
  db: HistoryDatabase,
  deps: {
    readonly accounts: Accounts;
    readonly dictionary: () => Dictionary;
    readonly knownUntil: (supervisor: SupervisorName) => number;
    /** so many processes are looked at one by one */
    readonly few?: number | undefined;
  },
) {
  const { accounts, dictionary, knownUntil } = deps;
  const client = db.$client;
  const forgotten = client.query("SELECT before_ms FROM forgotten");
  const forgottenMs = (): number | null => (forgotten.values() as [number][])[0]?.[0] ?? null;
  const reader = createFiguresReader(db, accounts, forgottenMs, deps.few);
  const { rows } = accounts;
  const runs = runRows(db);
  const item = client.query("SELECT id, run, facts FROM items WHERE id = ?");

  /** What its journal told of is known, the last of it included, and all until its link was lost. */
  function knownMsOf(owner: KnownSupervisor): number {
    const told = Math.max(knownUntil(owner.name), (owner.newestMs ?? -1) + 1);
    const later = { after: firstIdOf(told), before: Number.MAX_SAFE_INTEGER };
    const [lost] = runs.eachOfRun(runOf(-owner.id, LINK_CODE.down), later);
    return lost === undefined ? told : timeOf(lost.id);
  }

  /** Makes what there is to know for reading processes of a supervisor. */
  function readerOf(owner: KnownSupervisor): (name: Namespec, id: number) => ReadProcess {
    const [supervisorId, supervisor, knownMs] = [owner.id, owner.name, knownMsOf(owner)];
    const groups = new Map([...owner.processes].filter(([name]) => name.endsWith(":")));
    const groupOf = (name: Namespec) => groups.get(`${groupNameOf(name)}:`) ?? null;
    return (name, id) => {
      const groupId = groups.size === 0 ? null : groupOf(name);
      return { id, name, groupId, supervisorId, supervisor, knownMs };
    };
  }

  function scope(filter: NameFilter): ReadProcess[] {
    const found: ReadProcess[] = [];
    for (const owner of supervisorsOf(filter, dictionary().supervisors)) {
      const read = readerOf(owner);
      for (const [name, id] of eachMatching(filter, owner)) found.push(read(name, id));
    }
    return found;
  }

  /** How it was just before a moment. */
  function standingAt(process: number, groupId: number | null, atMs: number): Standing | null {
    const account = reader.at(process, atMs);
    if (account === null) return null;
    const before = firstIdOf(atMs);
    const last = runs.newestState(process, before);
    const groupRuns = groupId === null ? [] : Object.values(GROUP_CODE).map((code) => runOf(groupId, code));
    const after = last ?? Number.MIN_SAFE_INTEGER;
    const ofGroup = groupRuns.flatMap((run) => [...runs.eachOfRun(run, { after, before })]);
    const ofState = last === null ? [] : rowsOf(item.values(last));
    // What made it so may be forgotten; of what is up the state is known all the same.
    const kept: Standing = { kind: account.kind, state: account.kind === "up" ? "RUNNING" : null };
    return [...ofState, ...ofGroup.sort((a, b) => a.id - b.id)].reduce(
      (standing, { run, facts }) => standingAfter(standing, codeOf(run), facts),
      kept,
    );
  }

  /** @returns null where too much happened to look at each */
  function exactIntervals(process: ReadProcess, window: Window): TimelineInterval[] | null {
    const { id, groupId, supervisorId } = process;
    const items = rows.fewItems(id, groupId, window.fromMs, window.toMs, MAX_ITEMS);
    if (items === null) return null;
    const unknowns = rows.unknowns(supervisorId, window.fromMs, window.toMs);
    return intervalsOf(standingAt(id, groupId, window.fromMs), items, unknowns, window);
  }

  function roughIntervals(process: ReadProcess, { fromMs, toMs }: Window, width: number): TimelineInterval[] {
    const steps = Math.min(width, 300);
    const moments = Array.from({ length: steps + 1 }, (_, i) => Math.round(fromMs + ((toMs - fromMs) * i) / steps));
    const accounts = moments.flatMap((ms) => reader.at(process.id, ms) ?? []);
    return [...unknownTime(fromMs, accounts[0]?.atMs ?? toMs), ...intervalsOfAccounts(accounts)];
  }

  return {
    /** Rows in no order, when all are counted. Others have their turn in between. */
    async summary(query: SummaryQuery, pause: () => Promise<void>): Promise<SummaryRow[]> {
      const sums = createSums(query.by);
      for (const part of reader.many(scope(query), query)) {
        for (const one of part) sums.add(one);
        await pause();
      }
      return sums.rows();
    },
    /** Of all processes that are meant together, for each time between two moments. */
    figures(filter: NameFilter, moments: readonly number[]): Figures[] {
      const processes = scope(filter);
      return moments
        .slice(1)
        .map((toMs, i) =>
          processes
            .map((process) => reader.one(process, { fromMs: moments[i] ?? toMs, toMs }))
            .reduce(addFigures, NO_FIGURES),
        );
    },
    /** @returns null where there is no such process */
    timeline({ uid, fromMs, toMs, width }: TimelineQuery): Timeline | null {
      const parts = parseUid(uid);
      const owner = parts === null ? undefined : dictionary().supervisors.get(parts.supervisor);
      const name: Namespec = `${parts?.group ?? ""}:${parts?.name ?? ""}`;
      const id = owner?.processes.get(name);
      if (owner === undefined || id === undefined) return null;
      const process = readerOf(owner)(name, id);
      const known = reader.knownPart({ fromMs, toMs }, process.knownMs);
      const inside = exactIntervals(process, known) ?? roughIntervals(process, known, width);
      const all = [
        ...unknownTime(fromMs, Math.min(known.fromMs, toMs)),
        ...inside,
        ...unknownTime(Math.max(known.toMs, fromMs), toMs),
      ];
      return { knownMs: process.knownMs, intervals: mergedToPixels(joinEqual(all), (toMs - fromMs) / width) };
    },
  };
}

const unknownTime = (fromMs: number, toMs: number): TimelineInterval[] =>
  fromMs < toMs ? [{ fromMs, toMs, kind: "unknown", state: null, joined: 1 }] : [];

const joinEqual = (intervals: readonly TimelineInterval[]): TimelineInterval[] => {
  const joined: TimelineInterval[] = [];
  for (const next of intervals) {
    const last = joined.at(-1);
    if (last !== undefined && last.kind === next.kind && last.state === next.state)
      joined[joined.length - 1] = { ...last, toMs: next.toMs, joined: Math.max(last.joined, next.joined) };
    else joined.push(next);
  }
  return joined;
};
