import { addFigures, type Figures, NO_FIGURES, type TimelineInterval } from "../../domain/figures.ts";
import { type Namespec, parseUid, processUid, type SupervisorName } from "../../domain/names.ts";
import type { Accounts } from "./accounts.ts";
import type { Dictionary, KnownSupervisor } from "./dictionary.ts";
import type { Window } from "./figures.ts";
import { createFiguresReader, type ReadProcess } from "./figures-reader.ts";
import { matchingNames, type NameFilter, supervisorsOf } from "./history-scope.ts";
import { codeOf, GROUP_CODE, LAST_STATE_CODE, LINK_CODE, runOf, STATE_CODES } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
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
  const newestBefore = client.query("SELECT id, facts FROM items WHERE run = ? AND id < ? ORDER BY id DESC LIMIT 1");
  const countOf = client.query(
    `SELECT count(*) FROM (SELECT 1 FROM items WHERE run IN (?1 + ${STATE_CODES.join(", ?1 + ")})
      AND id >= ?2 AND id < ?3 LIMIT ${MAX_ITEMS})`,
  );

  /** What its journal told of is known, and all until its link was lost. */
  function knownMsOf(owner: KnownSupervisor): number {
    const told = Math.max(knownUntil(owner.name), owner.newestMs ?? 0);
    const [lost] = newestBefore.values(runOf(-owner.id, LINK_CODE.down), Number.MAX_SAFE_INTEGER) as [number][];
    return lost === undefined ? told : Math.max(told, timeOf(lost[0]));
  }

  const read = (owner: KnownSupervisor, knownMs: number, name: Namespec, id: number): ReadProcess => ({
    id,
    groupId: owner.processes.get(`${name.slice(0, name.indexOf(":"))}:`) ?? null,
    supervisorId: owner.id,
    supervisor: owner.name,
    knownMs,
  });

  const scope = (filter: NameFilter) =>
    supervisorsOf(filter, dictionary().supervisors).flatMap((owner) => {
      const knownMs = knownMsOf(owner);
      return [...matchingNames(filter, owner)].map(([name, id]) => ({ name, process: read(owner, knownMs, name, id) }));
    });

  function keyOf(by: SummaryBy, supervisor: SupervisorName, name: Namespec): string {
    const colon = name.indexOf(":");
    if (by === "supervisor") return supervisor;
    return by === "group" ? name.slice(0, colon) : processUid(supervisor, name.slice(0, colon), name.slice(colon + 1));
  }

  /** How it was just before a moment. */
  function standingAt(process: number, groupId: number | null, atMs: number): Standing | null {
    const account = reader.at(process, atMs);
    if (account === null) return null;
    const groupRuns = groupId === null ? [] : Object.values(GROUP_CODE).map((code) => runOf(groupId, code));
    const runs = [...STATE_CODES.map((code) => runOf(process, code)), ...groupRuns];
    const newest = runs
      .flatMap((run) =>
        (newestBefore.values(run, firstIdOf(atMs)) as [number, number][]).map(([id, facts]) => ({ id, run, facts })),
      )
      .sort((a, b) => a.id - b.id);
    const last = newest.findLastIndex(({ run }) => codeOf(run) <= LAST_STATE_CODE);
    const found = newest
      .slice(Math.max(0, last))
      .reduce<Standing>((before, { run, facts }) => standingAfter(before, codeOf(run), facts), {
        kind: account.kind,
        state: null,
      });
    // What made it so may be forgotten.
    return found.kind === account.kind
      ? found
      : { kind: account.kind, state: account.kind === "up" ? "RUNNING" : null };
  }

  function exactIntervals(process: ReadProcess, window: Window): TimelineInterval[] {
    const { id, groupId, supervisorId } = process;
    return intervalsOf(
      standingAt(id, groupId, window.fromMs),
      rows.items(id, groupId, window.fromMs, window.toMs),
      rows.unknowns(supervisorId, window.fromMs, window.toMs),
      window,
    );
  }

  function roughIntervals(process: ReadProcess, { fromMs, toMs }: Window, width: number): TimelineInterval[] {
    const steps = Math.min(width, 300);
    const moments = Array.from({ length: steps + 1 }, (_, i) => Math.round(fromMs + ((toMs - fromMs) * i) / steps));
    return intervalsOfAccounts(moments.flatMap((ms) => reader.at(process.id, ms) ?? []));
  }

  return {
    /** Rows in no order, when all are counted. Others have their turn in between. */
    async summary(query: SummaryQuery, pause: () => Promise<void>): Promise<SummaryRow[]> {
      const found = scope(query);
      const names = new Map(found.map(({ name, process }) => [process.id, name]));
      const sums = new Map<string, { processes: number; figures: Figures }>();
      for (const part of reader.many(
        found.map(({ process }) => process),
        query,
      )) {
        for (const [process, figures] of part) {
          const key = keyOf(query.by, process.supervisor, names.get(process.id) ?? ":");
          const sum = sums.get(key);
          if (sum === undefined) sums.set(key, { processes: 1, figures });
          else sums.set(key, { processes: sum.processes + 1, figures: addFigures(sum.figures, figures) });
        }
        await pause();
      }
      return [...sums].map(([key, sum]) => ({ key, ...sum }));
    },
    /** Of all processes that are meant together, for each time between two moments. */
    figures(filter: NameFilter, moments: readonly number[]): Figures[] {
      const processes = scope(filter).map(({ process }) => process);
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
      const process = read(owner, knownMsOf(owner), name, id);
      const known = reader.knownPart({ fromMs, toMs }, process.knownMs);
      const [[count = 0] = []] = countOf.values(runOf(id, 0), firstIdOf(known.fromMs), firstIdOf(known.toMs)) as [
        number,
      ][];
      const inside = count < MAX_ITEMS ? exactIntervals(process, known) : roughIntervals(process, known, width);
      const outside = (from: number, to: number): TimelineInterval[] =>
        from < to ? [{ fromMs: from, toMs: to, kind: "unknown", state: null, joined: 1 }] : [];
      const all = [
        ...outside(fromMs, Math.min(known.fromMs, toMs)),
        ...inside,
        ...outside(Math.max(known.toMs, fromMs), toMs),
      ];
      return { knownMs: process.knownMs, intervals: mergedToPixels(joinEqual(all), (toMs - fromMs) / width) };
    },
  };
}

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
