import { type Account, newAccount, passTo, type Unknown } from "../../domain/account.ts";
import { startOfDay } from "../../lib/day.ts";
import { isOfGroup } from "./account-at.ts";
import { applyItem } from "./account-event.ts";
import type { CheckpointRow, CheckpointRows } from "./checkpoint-rows.ts";
import { codeOf, GROUP_CODE, LAST_STATE_CODE, ownerOf } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";

type Happened = { readonly id: number; readonly atMs: number; readonly code: number; readonly facts: number };

/** What happened on the day of a moment, up to it: every process has a row of its account from before that. */
export type DayBefore = {
  readonly atMs: number;
  readonly items: ReadonlyMap<number, readonly Happened[]>;
  readonly unknowns: ReadonlyMap<number, readonly Unknown[]>;
};

export type BulkProcess = { readonly id: number; readonly supervisorId: number; readonly groupId: number | null };

const nothing = () => {};
const NOTHING: readonly never[] = [];

export const BULK_SQL = {
  day: "SELECT id, run, facts FROM items WHERE id >= ? AND id < ?",
  unknowns: `SELECT u.supervisor_id, u.from_ms, u.to_ms FROM supervisors AS s
    CROSS JOIN unknowns AS u ON u.supervisor_id = s.id AND u.to_ms > ? AND u.from_ms < ? ORDER BY s.id, u.to_ms`,
  outages: `SELECT process_id, max(min(to_ms, ?1) - max(from_ms, ?2)) FROM outages
    WHERE process_id >= ?3 AND process_id < ?4 AND to_ms > ?2 AND from_ms < ?1 GROUP BY process_id`,
} as const;

/** Accounts of many processes at one moment: with few questions, where one by one would be many. */
export function createBulkAccounts({ $client: client }: HistoryDatabase, checkpoints: CheckpointRows) {
  const day = client.query(BULK_SQL.day);
  const unknowns = client.query(BULK_SQL.unknowns);
  const outages = client.query(BULK_SQL.outages);

  return {
    dayBefore(atMs: number): DayBefore {
      const dayMs = startOfDay(atMs);
      const items = new Map<number, Happened[]>();
      for (const [id, run, facts] of day.values(firstIdOf(dayMs), firstIdOf(atMs)) as [number, number, number][]) {
        const [owner, code] = [ownerOf(run), codeOf(run)];
        if (owner < 0 || (code > LAST_STATE_CODE && code !== GROUP_CODE.ADDED && code !== GROUP_CODE.REMOVED)) continue;
        const happened = { id, atMs: timeOf(id), code, facts };
        const known = items.get(owner);
        if (known === undefined) items.set(owner, [happened]);
        else known.push(happened);
      }
      const gaps = new Map<number, Unknown[]>();
      for (const [supervisor, fromMs, toMs] of unknowns.values(dayMs, atMs) as [number, number, number][])
        gaps.set(supervisor, [...(gaps.get(supervisor) ?? []), { fromMs, toMs }]);
      return { atMs, items, unknowns: gaps };
    },
    /** The last row before of processes with ids from `first` to below `end`, each at its id less `first`. */
    checkpoints(atMs: number, first: number, end: number): readonly (CheckpointRow | undefined)[] {
      const rows = new Array<CheckpointRow | undefined>(end - first);
      for (const row of checkpoints.lastOfEach(atMs, first, end)) rows[row[10] - first] = row;
      return rows;
    },
    /** The longest of each process in a window, by id; those that go on are not among them. */
    outages: (fromMs: number, toMs: number, first: number, end: number): Map<number, number> =>
      new Map(outages.values(toMs, fromMs, first, end) as [number, number][]),
  };
}

export type BulkAccounts = ReturnType<typeof createBulkAccounts>;

/** @param base the row before, which is changed */
export function accountOnDay(base: Account | null, process: BulkProcess, day: DayBefore): Account | null {
  const own = day.items.get(process.id) ?? NOTHING;
  const ofGroup = process.groupId === null ? NOTHING : (day.items.get(process.groupId) ?? NOTHING);
  const items = ofGroup.length === 0 ? own : [...own, ...ofGroup].sort((a, b) => a.id - b.id);
  const unknowns = day.unknowns.get(process.supervisorId) ?? NOTHING;
  const sinceMs = base?.atMs ?? Number.NEGATIVE_INFINITY;
  let account = base;
  for (const { atMs, code, facts } of items) {
    if (atMs < sinceMs) continue;
    if (account === null && isOfGroup(code)) continue;
    account ??= newAccount(atMs);
    passTo(account, atMs, unknowns, nothing);
    applyItem(account, code, facts, nothing);
  }
  if (account !== null) passTo(account, day.atMs, unknowns, nothing);
  return account;
}
