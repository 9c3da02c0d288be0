import type { Account } from "../../domain/account.ts";
import type { Figures } from "../../domain/figures.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";
import { accountAt } from "./account-at.ts";
import type { Accounts } from "./accounts.ts";
import { accountOnDay, type BulkProcess, createBulkAccounts, type DayBefore } from "./bulk-accounts.ts";
import { accountLater, figuresBetween, openOutageMs, type Window } from "./figures.ts";
import type { HistoryDatabase } from "./open-database.ts";

/** A process, and until when all of it is known: epoch milliseconds, its host's clock. */
export type ReadProcess = BulkProcess & {
  readonly name: Namespec;
  readonly supervisor: SupervisorName;
  readonly knownMs: number;
};

export type ProcessFigures = { readonly process: ReadProcess; readonly figures: Figures };

/** So many processes are looked at one by one. */
const FEW = 300;
/** Ids in one question. */
const SLICE = 4_000;

type Lazy<T> = () => T;

function lazy<T>(make: () => T): Lazy<T> {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export type FiguresReader = ReturnType<typeof createFiguresReader>;

/** Figures of processes in a window, out of their accounts. */
export function createFiguresReader(
  db: HistoryDatabase,
  accounts: Accounts,
  forgottenMs: () => number | null,
  few = FEW,
) {
  const bulk = createBulkAccounts(db);
  const { rows } = accounts;

  /** What is known of a window: not before what was forgotten, not after what was told. */
  const knownPart = ({ fromMs, toMs }: Window, knownMs: number): Window => {
    const begin = Math.max(fromMs, forgottenMs() ?? Number.NEGATIVE_INFINITY);
    return { fromMs: Math.min(begin, knownMs), toMs: Math.max(Math.min(toMs, knownMs), Math.min(begin, knownMs)) };
  };

  /** From memory, where nothing happened since; what happens at that very moment comes after it. */
  function inMemory(process: number, atMs: number): Account | null {
    const tail = accounts.tail(process);
    return tail !== null && tail.atMs < atMs ? accountLater(tail, atMs) : null;
  }

  const at = (process: number, atMs: number): Account | null =>
    inMemory(process, atMs) ?? accountAt(rows, process, atMs);

  function one(process: ReadProcess, asked: Window): Figures {
    const known = knownPart(asked, process.knownMs);
    const [begin, end] = [at(process.id, known.fromMs), at(process.id, known.toMs)];
    const closed = bulk.outages(known.fromMs, known.toMs, process.id, process.id + 1).get(process.id) ?? 0;
    const open = end?.kind === "down" ? openOutageMs(at(process.id, process.knownMs), known) : 0;
    return figuresBetween(asked, begin, end, Math.max(closed, open));
  }

  /** @param part a slice of ids; @returns by id */
  function slice(
    part: readonly ReadProcess[],
    asked: Window,
    begins: Lazy<DayBefore>,
    ends: Lazy<DayBefore>,
  ): ProcessFigures[] {
    const first = part[0]?.id ?? 0;
    const end = (part.at(-1)?.id ?? 0) + 1;
    const whole = knownPart(asked, Number.POSITIVE_INFINITY);
    const firstRows = lazy(() => bulk.checkpoints(whole.fromMs, first, end));
    const lastRows = lazy(() => bulk.checkpoints(whole.toMs, first, end));
    const longest = bulk.outages(whole.fromMs, whole.toMs, first, end);
    const onDay = (process: ReadProcess, day: Lazy<DayBefore>, of: Lazy<ReadonlyMap<number, Account>>) =>
      accountOnDay(of().get(process.id) ?? null, process, day());
    return part.map((process) => {
      // A host that is down, or whose clock is behind: known up to there.
      const untilMs = Math.min(whole.toMs, process.knownMs);
      const last = inMemory(process.id, untilMs) ?? (untilMs === whole.toMs ? onDay(process, ends, lastRows) : null);
      // Without its account in memory, or with something known past the end of what is, it is a case of its own.
      if (last === null || untilMs < whole.fromMs || accounts.tail(process.id) === null)
        return { process, figures: one(process, asked) };
      const begin = inMemory(process.id, whole.fromMs) ?? onDay(process, begins, firstRows);
      const open =
        last?.kind === "down" ? openOutageMs(at(process.id, process.knownMs), { ...whole, toMs: untilMs }) : 0;
      const figures = figuresBetween(asked, begin, last, Math.max(longest.get(process.id) ?? 0, open));
      return { process, figures };
    });
  }

  return {
    one,
    at,
    knownPart,
    /** In the order of ids; a piece at a time, so that others may have their turn in between. */
    *many(processes: readonly ReadProcess[], asked: Window): Generator<readonly ProcessFigures[]> {
      if (processes.length <= few) {
        yield processes.map((process) => ({ process, figures: one(process, asked) }));
        return;
      }
      const ordered = [...processes].sort((a, b) => a.id - b.id);
      const supervisors = new Set(ordered.map(({ supervisorId }) => supervisorId));
      const known = knownPart(asked, Number.POSITIVE_INFINITY);
      const begins = lazy(() => bulk.dayBefore(known.fromMs, supervisors));
      const ends = lazy(() => bulk.dayBefore(known.toMs, supervisors));
      begins();
      yield [];
      for (let i = 0; i < ordered.length; i += SLICE) {
        yield slice(ordered.slice(i, i + SLICE), asked, begins, ends);
      }
    },
  };
}
