import { type Account, newAccount, type OnOutage, passTo, type Unknown } from "../../domain/account.ts";
import { startOfDay } from "../../lib/day.ts";
import { isOfGroup } from "./account-at.ts";
import { applyItem } from "./account-event.ts";
import { type AccountRows, accountRows } from "./account-rows.ts";
import { minuteOf, msOfMinute } from "./checkpoint-rows.ts";
import type { HistoryDatabase } from "./open-database.ts";

/** Steps between two checkpoints, at most, but for those of one minute. */
const MAX_STEPS = 64;
const EVER_MS = 0;
const END_MS = Date.UTC(2089, 0, 1);

/** An account with all that is in the history, and how much happened since its last checkpoint. */
type Tail = Account & { steps: number };

const isSameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b);

/**
 * Keeps the accounts as the history grows. What comes in order of time moves the account on; what comes late, or from a
 * clock that was put back, makes it be counted again from the last checkpoint before. All within the writer's transaction.
 */
export function createAccounts(db: HistoryDatabase, flushItems: () => void = () => {}) {
  const rows = accountRows(db);
  const tails = new Map<number, Tail>();
  /** to be counted again at the end of the batch */
  const stale = new Set<number>();
  /** the history has nothing of them */
  const unheard = new Set<number>();

  const outageOf =
    (process: number): OnOutage =>
    (fromMs, toMs) =>
      rows.writeOutage(process, fromMs, toMs);

  /** The first event of another day, and every so many, closes what was before it. */
  function close(process: number, tail: Tail, atMs: number, unknowns: readonly Unknown[]): void {
    if (tail.steps === 0) return;
    const minute = minuteOf(tail.atMs) + 1;
    if (msOfMinute(minute) > atMs || (tail.steps < MAX_STEPS && isSameDay(tail.atMs, atMs))) return;
    passTo(tail, msOfMinute(minute), unknowns, outageOf(process));
    rows.checkpoints.write(process, minute, tail);
    tail.steps = 0;
  }

  function step(process: number, tail: Tail, atMs: number, unknowns: readonly Unknown[]): void {
    if (tail.atMs === atMs && tail.steps > 0) {
      tail.steps++;
      return;
    }
    close(process, tail, atMs, unknowns);
    passTo(tail, atMs, unknowns, outageOf(process));
    tail.steps++;
  }

  /** From the last checkpoint on; writes those that are missing. */
  function load(process: number): Tail | null {
    flushItems();
    const base = rows.checkpoints.last(process, END_MS);
    const { supervisorId, groupId } = rows.placeOf(process);
    const fromMs = base?.atMs ?? EVER_MS;
    rows.dropOutages(process, fromMs);
    const unknowns = rows.unknowns(supervisorId, fromMs, END_MS);
    const marks = unknowns.flatMap((gap) => [
      { atMs: Math.max(gap.fromMs, fromMs), code: -1, facts: 0 },
      { atMs: gap.toMs, code: -1, facts: 0 },
    ]);
    const items = rows.items(process, groupId, fromMs, END_MS);
    // Stable: at the same time the marks come first.
    const steps = [...marks, ...items].sort((a, b) => a.atMs - b.atMs);
    let tail: Tail | null = base === null ? null : { ...base, steps: 0 };
    for (const { atMs, code, facts } of steps) {
      if (tail === null && (code < 0 || isOfGroup(code))) continue;
      tail ??= { ...newAccount(atMs), steps: 0 };
      step(process, tail, atMs, unknowns);
      if (code >= 0) applyItem(tail, code, facts, outageOf(process));
    }
    if (tail !== null) tails.set(process, tail);
    return tail;
  }

  function countAgain(process: number, fromMs: number): void {
    rows.checkpoints.dropAfter(process, fromMs);
    tails.delete(process);
    stale.add(process);
  }

  const isLate = (process: number, tail: Tail | null, atMs: number): boolean => {
    if (!stale.has(process) && (tail === null || atMs >= tail.atMs)) return false;
    countAgain(process, atMs);
    return true;
  };

  const tailOf = (process: number): Tail | null =>
    tails.get(process) ?? (stale.has(process) || unheard.has(process) ? null : load(process));

  /** The first that is ever heard of a process. @returns false where something later is known of its group or host */
  function begin(process: number, atMs: number, code: number, facts: number): boolean {
    const { supervisorId, groupId } = rows.placeOf(process);
    if (groupId !== null || rows.unknowns(supervisorId, atMs, END_MS).length > 0) return false;
    const tail = { ...newAccount(atMs), steps: 1 };
    applyItem(tail, code, facts, outageOf(process));
    tails.set(process, tail);
    return true;
  }

  return {
    rows,
    /** A process of which the history has nothing. */
    isNew: (process: number): void => void unheard.add(process),
    /** Before the row is written. */
    onItem(process: number, atMs: number, code: number, facts: number): void {
      if (unheard.delete(process) && begin(process, atMs, code, facts)) return;
      const tail = tailOf(process);
      if (isLate(process, tail, atMs)) return;
      // Heard of for the first time; what was known of its group and host before may concern it.
      if (tail === null) {
        countAgain(process, atMs);
        return;
      }
      step(process, tail, atMs, []);
      applyItem(tail, code, facts, outageOf(process));
    },
    /** Before the row is written; of each process of the group. */
    onGroupItem(processes: Iterable<number>, atMs: number, code: number): void {
      for (const process of processes) {
        const tail = tailOf(process);
        if (isLate(process, tail, atMs) || tail === null) continue;
        step(process, tail, atMs, []);
        applyItem(tail, code, 0, outageOf(process));
      }
    },
    /** @param processes all of the supervisor's */
    onGap(supervisorId: number, processes: Iterable<number>, fromMs: number, toMs: number): void {
      if (fromMs >= toMs) return;
      const loaded = [...processes].map((process) => ({ process, tail: tailOf(process) }));
      if (!rows.addUnknown(supervisorId, fromMs, toMs)) return;
      const gap = [{ fromMs, toMs }];
      for (const { process, tail } of loaded) {
        if (isLate(process, tail, fromMs) || tail === null) continue;
        step(process, tail, fromMs, gap);
        step(process, tail, toMs, gap);
      }
    },
    /** At the end of a batch. */
    settle(): void {
      const processes = [...stale];
      stale.clear();
      for (const process of processes) load(process);
    },
    /** The account with all that is written; null: not in memory. */
    tail: (process: number): Account | null => tails.get(process) ?? null,
    load: (process: number): void => {
      if (!tails.has(process)) load(process);
    },
    /** Writes a checkpoint after all that happened before this time, so that it may be forgotten. */
    closeBefore(process: number, beforeMs: number): void {
      const tail = tailOf(process);
      if (tail === null || tail.steps === 0 || tail.atMs >= beforeMs) return;
      const minute = minuteOf(tail.atMs) + 1;
      passTo(tail, msOfMinute(minute), [], outageOf(process));
      rows.checkpoints.write(process, minute, tail);
      tail.steps = 0;
    },
    /** After a rollback. */
    forget(): void {
      tails.clear();
      stale.clear();
      unheard.clear();
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
export type { AccountRows };
