import { type Account, newAccount } from "../../domain/account.ts";
import type { Figures } from "../../domain/figures.ts";
import type { Namespec, SupervisorName } from "../../domain/names.ts";
import { accountAt } from "./account-at.ts";
import type { Accounts } from "./accounts.ts";
import { accountOnDay, type BulkProcess, createBulkAccounts, type DayBefore } from "./bulk-accounts.ts";
import { accountOfRow } from "./checkpoint-rows.ts";
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
  const bulk = createBulkAccounts(db, accounts.rows.checkpoints);
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

  /** Accounts of a slice of ids at one moment; each is overwritten by the next. */
  function sliceAt(atMs: number, day: Lazy<DayBefore>, first: number, end: number) {
    const rows = lazy(() => bulk.checkpoints(atMs, first, end));
    const account = newAccount(0);
    return {
      later: (tail: Account, toMs: number): Account => accountLater(tail, toMs, account),
      /** From the row before. */
      read(process: ReadProcess): Account | null {
        const row = rows()[process.id - first];
        return accountOnDay(row === undefined ? null : accountOfRow(account, row), process, day());
      },
    };
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
    const atBegin = sliceAt(whole.fromMs, begins, first, end);
    const atEnd = sliceAt(whole.toMs, ends, first, end);
    const longest = bulk.outages(whole.fromMs, whole.toMs, first, end);

    function figuresOf(process: ReadProcess): Figures {
      const tail = accounts.tail(process.id);
      // A host that is down, or whose clock is behind: known up to there.
      const untilMs = Math.min(whole.toMs, process.knownMs);
      const isLatest = tail !== null && tail.atMs < untilMs;
      // Without its account in memory, or with something known past the end of what is, it is a case of its own.
      if (tail === null || untilMs < whole.fromMs || (!isLatest && untilMs !== whole.toMs)) return one(process, asked);
      const last = isLatest ? atEnd.later(tail, untilMs) : atEnd.read(process);
      if (last === null) return one(process, asked);
      const begin = tail.atMs < whole.fromMs ? atBegin.later(tail, whole.fromMs) : atBegin.read(process);
      const open =
        last.kind === "down" ? openOutageMs(at(process.id, process.knownMs), { ...whole, toMs: untilMs }) : 0;
      return figuresBetween(asked, begin, last, Math.max(longest.get(process.id) ?? 0, open));
    }

    return part.map((process) => ({ process, figures: figuresOf(process) }));
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
      const known = knownPart(asked, Number.POSITIVE_INFINITY);
      const begins = lazy(() => bulk.dayBefore(known.fromMs));
      const ends = lazy(() => bulk.dayBefore(known.toMs));
      begins();
      yield [];
      for (let i = 0; i < ordered.length; i += SLICE) {
        yield slice(ordered.slice(i, i + SLICE), asked, begins, ends);
      }
    },
  };
}
