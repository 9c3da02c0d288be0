import { type Account, newAccount, passTo, type Unknown } from "../../domain/account.ts";
import { isOfGroup } from "./account-at.ts";
import { applyItem } from "./account-event.ts";
import { accountOfRow, CHECKPOINT_COLUMNS, type CheckpointRow, minuteOf } from "./account-rows.ts";
import { codeOf, GROUP_CODE, LAST_STATE_CODE, ownerOf } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";

const DAY_MS = 24 * 60 * 60_000;

type Happened = { readonly id: number; readonly atMs: number; readonly code: number; readonly facts: number };

/** What happened on the day of a moment, up to it: every process has a row of its account from before that. */
export type DayBefore = {
  readonly atMs: number;
  readonly items: ReadonlyMap<number, readonly Happened[]>;
  readonly unknowns: ReadonlyMap<number, readonly Unknown[]>;
};

export type BulkProcess = { readonly id: number; readonly supervisorId: number; readonly groupId: number | null };

const nothing = () => {};

export const BULK_SQL = {
  day: "SELECT id, run, facts FROM items WHERE id >= ? AND id < ?",
  unknowns: "SELECT supervisor_id, from_ms, to_ms FROM unknowns WHERE supervisor_id = ? AND to_ms > ? AND from_ms < ?",
  checkpoints: `SELECT ${CHECKPOINT_COLUMNS}, p.id FROM processes AS p CROSS JOIN checkpoints AS c ON c.process_id = p.id
    AND c.minute = (SELECT x.minute FROM checkpoints AS x WHERE x.process_id = p.id AND x.minute <= ?
      ORDER BY x.minute DESC LIMIT 1)
    WHERE p.id >= ? AND p.id < ?`,
  outages: `SELECT process_id, max(min(to_ms, ?1) - max(from_ms, ?2)) FROM outages
    WHERE process_id >= ?3 AND process_id < ?4 AND to_ms > ?2 AND from_ms < ?1 GROUP BY process_id`,
} as const;

/** Accounts of many processes at one moment: with few questions, where one by one would be many. */
export function createBulkAccounts({ $client: client }: HistoryDatabase) {
  const day = client.query(BULK_SQL.day);
  const unknowns = client.query(BULK_SQL.unknowns);
  const checkpoints = client.query(BULK_SQL.checkpoints);
  const outages = client.query(BULK_SQL.outages);

  return {
    dayBefore(atMs: number, supervisorIds: Iterable<number>): DayBefore {
      const dayMs = Math.floor(atMs / DAY_MS) * DAY_MS;
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
      for (const id of supervisorIds) {
        const rows = unknowns.values(id, dayMs, atMs) as [number, number, number][];
        if (rows.length > 0)
          gaps.set(
            id,
            rows.map(([, fromMs, toMs]) => ({ fromMs, toMs })),
          );
      }
      return { atMs, items, unknowns: gaps };
    },
    /** Of processes with ids from `first` to below `end`, by id. */
    checkpoints(atMs: number, first: number, end: number): Map<number, Account> {
      const rows = checkpoints.values(minuteOf(atMs), first, end) as [...CheckpointRow, number][];
      const accounts = new Map<number, Account>();
      for (const row of rows) accounts.set(row[10], accountOfRow(row));
      return accounts;
    },
    /** The longest of each process in a window, by id; those that go on are not among them. */
    outages: (fromMs: number, toMs: number, first: number, end: number): Map<number, number> =>
      new Map(outages.values(toMs, fromMs, first, end) as [number, number][]),
  };
}

export type BulkAccounts = ReturnType<typeof createBulkAccounts>;

/** @param base the row before, which is changed */
export function accountOnDay(base: Account | null, process: BulkProcess, day: DayBefore): Account | null {
  const own = day.items.get(process.id) ?? [];
  const ofGroup = process.groupId === null ? [] : (day.items.get(process.groupId) ?? []);
  const items = ofGroup.length === 0 ? own : [...own, ...ofGroup].sort((a, b) => a.id - b.id);
  const unknowns = day.unknowns.get(process.supervisorId) ?? [];
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
