import { EVIDENCE_DAYS } from "../../domain/evidence.ts";
import { DAY_MS, startOfDay } from "../../lib/day.ts";
import { firstActionIdOf } from "./action-ids.ts";
import type { CheckpointRows } from "./checkpoint-rows.ts";
import { ownerOf } from "./item-codes.ts";
import { firstIdOf, timeOf } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";
import type { BatchWriter } from "./write-batch.ts";

/** What is kept. */
export type Retention = { readonly days: number; readonly maxBytes: number; readonly evidenceDays: number };

export const DEFAULT_RETENTION: Retention = { days: 400, maxBytes: 4 * 1_024 ** 3, evidenceDays: EVIDENCE_DAYS };

/** Rows in one step; it takes a few milliseconds. */
const STEP_ROWS = 400;
/** Processes looked after in one step. */
const STEP_PROCESSES = 500;

/**
 * Forgets what is too old, or the oldest days where the database is too large. What a process was then is kept as a
 * number, so that its state is known from there on. Whole days (UTC) go at once as far as anybody can see.
 */
export function createRetention(db: HistoryDatabase, writer: BatchWriter) {
  const client = db.$client;
  const rows = deletions(client, writer.accounts.rows.checkpoints);
  let goal = rows.forgotten();
  let afterItems: { process: number; supervisor: number } | null = null;

  /** Moves the goal: everything before it is to go. One is reached before the next, so that no more goes than has to. */
  function aim(nowMs: number, { days, maxBytes }: Retention): void {
    let beforeMs = days === Number.POSITIVE_INFINITY ? Number.NEGATIVE_INFINITY : startOfDay(nowMs - days * DAY_MS);
    if (rows.usedBytes() > maxBytes) beforeMs = Math.max(beforeMs, startOfDay(rows.oldestMs() ?? 0) + DAY_MS);
    if (goal !== null && beforeMs <= goal) return;
    if ((rows.oldestMs() ?? Number.POSITIVE_INFINITY) >= beforeMs) return;
    goal = beforeMs;
    rows.setForgotten(beforeMs);
    afterItems = { process: 0, supervisor: 0 };
  }

  /** @returns whether there is more */
  function forgetItems(beforeMs: number): boolean {
    const found = rows.oldest(firstIdOf(beforeMs), STEP_ROWS);
    const lastId = found.at(-1)?.id;
    if (lastId === undefined) return false;
    const owners = new Set(found.map(({ run }) => ownerOf(run)).filter((owner) => owner > 0));
    for (const owner of owners) writer.accounts.closeBefore(owner, beforeMs);
    rows.dropItems(lastId);
    return true;
  }

  /** @returns whether there is more */
  function forgetAccounts(beforeMs: number): boolean {
    if (afterItems === null) return false;
    const { process } = afterItems;
    if (forgetUnknowns(afterItems, beforeMs)) return true;
    if (process > rows.lastProcess()) {
      afterItems = null;
      return true; // where that was not enough, the next step aims further
    }
    rows.dropAccounts(process, process + STEP_PROCESSES, beforeMs);
    afterItems.process += STEP_PROCESSES;
    return true;
  }

  /** Of the next supervisor that has any. @returns false after the last */
  function forgetUnknowns(place: { supervisor: number }, beforeMs: number): boolean {
    const left = [...writer.dictionary().supervisors.values()].slice(place.supervisor);
    const found = left.findIndex(({ id }) => rows.hasUnknowns(id, beforeMs));
    const supervisor = left[found];
    place.supervisor += supervisor === undefined ? left.length : found + 1;
    if (supervisor === undefined) return false;
    for (const process of supervisor.processes.values()) writer.accounts.closeBefore(process, beforeMs);
    rows.dropUnknowns(supervisor.id, beforeMs);
    return true;
  }

  return {
    /** One small piece of the work, in a transaction of its own. @returns whether there is more to do now */
    step(nowMs: number, retention: Retention): boolean {
      let more = false;
      writer.inTransaction(() => {
        if (afterItems === null) aim(nowMs, retention);
        const evidence = rows.dropEvidence(firstIdOf(nowMs - retention.evidenceDays * DAY_MS), STEP_ROWS);
        more = (goal !== null && (forgetItems(goal) || forgetAccounts(goal))) || evidence;
      });
      return more;
    },
  };
}

function deletions(client: HistoryDatabase["$client"], checkpoints: CheckpointRows) {
  const number = (sql: string, ...values: number[]): number | null =>
    (client.query(sql).values(...values) as [number | null][])[0]?.[0] ?? null;
  const oldest = client.query<[number, number], [number, number]>(
    "SELECT id, run FROM items WHERE id < ? ORDER BY id LIMIT ?",
  );
  return {
    forgotten: () => number("SELECT before_ms FROM forgotten"),
    setForgotten(ms: number): void {
      client.run("DELETE FROM forgotten");
      client.run("INSERT INTO forgotten VALUES (?)", [ms]);
      client.run("DELETE FROM actions WHERE id < ?", [firstActionIdOf(ms)]);
    },
    /** Free pages will be written again. */
    usedBytes: () =>
      ((number("PRAGMA page_count") ?? 0) - (number("PRAGMA freelist_count") ?? 0)) * (number("PRAGMA page_size") ?? 0),
    oldestMs(): number | null {
      const id = number("SELECT min(id) FROM items");
      return id === null ? null : timeOf(id);
    },
    oldest: (beforeId: number, limit: number) =>
      (oldest.values(beforeId, limit) as [number, number][]).map(([id, run]) => ({ id, run })),
    dropItems(lastId: number): void {
      for (const sql of [
        "DELETE FROM items WHERE id <= ?",
        "DELETE FROM gaps WHERE item_id <= ?",
        "DELETE FROM item_spawnerrs WHERE item_id <= ?",
        "DELETE FROM evidence WHERE item_id <= ?",
      ])
        client.query(sql).run(lastId);
    },
    dropEvidence(beforeId: number, limit: number): boolean {
      const { changes } = client
        .query("DELETE FROM evidence WHERE item_id IN (SELECT item_id FROM evidence WHERE item_id < ? LIMIT ?)")
        .run(beforeId, limit);
      return changes > 0;
    },
    lastProcess: () => number("SELECT max(id) FROM processes") ?? 0,
    /** All but the last account before that time. */
    dropAccounts(from: number, to: number, beforeMs: number): void {
      checkpoints.dropBefore(beforeMs, from, to);
      client
        .query("DELETE FROM outages WHERE process_id >= ? AND process_id < ? AND to_ms <= ?")
        .run(from, to, beforeMs);
    },
    hasUnknowns: (supervisor: number, beforeMs: number) =>
      number("SELECT 1 FROM unknowns WHERE supervisor_id = ? AND to_ms <= ? LIMIT 1", supervisor, beforeMs) !== null,
    dropUnknowns: (supervisor: number, beforeMs: number): void =>
      void client.query("DELETE FROM unknowns WHERE supervisor_id = ? AND to_ms <= ?").run(supervisor, beforeMs),
  };
}
