import { type Account, newAccount, type TimeKind } from "../../domain/account.ts";
import { BASE_MS } from "./item-id.ts";
import type { HistoryDatabase } from "./open-database.ts";

const MINUTE_MS = 60_000;

/** Minutes since 2020. */
export const minuteOf = (ms: number): number => Math.floor((ms - BASE_MS) / MINUTE_MS);
export const msOfMinute = (minute: number): number => BASE_MS + minute * MINUTE_MS;

/** The rows have the time in front of the process, in stretches of 22.8 days. */
export const STRETCH_BITS = 15;
export const STRETCH_MINUTES = 2 ** STRETCH_BITS;
const stretchOf = (minute: number): number => Math.floor(minute / STRETCH_MINUTES);
const minuteWithin = (minute: number): number => minute - stretchOf(minute) * STRETCH_MINUTES;

/** Kept for ever: append only. */
const KINDS: readonly TimeKind[] = ["up", "down", "stopped", "unknown", "absent"];

/** As the columns are, but for the minute, which is counted from 2020; the number of the process is the last. */
export type CheckpointRow = [
  minute: number,
  kind: number,
  up: number,
  down: number,
  stopped: number,
  absent: number,
  restarts: number,
  crashes: number,
  sinceCrash: number | null,
  downFor: number | null,
  process: number,
];

const COLUMNS = `(stretch << ${STRETCH_BITS}) + minute, kind, up, down, stopped, absent, restarts, crashes, since_crash, down_for`;

/** @param account becomes what the row says */
export function accountOfRow(account: Account, row: CheckpointRow): Account {
  const atMs = msOfMinute(row[0]);
  const [sinceCrash, downFor] = [row[8], row[9]];
  account.atMs = atMs;
  account.kind = KINDS[row[1]] ?? "unknown";
  account.up = row[2];
  account.down = row[3];
  account.stopped = row[4];
  account.absent = row[5];
  account.restarts = row[6];
  account.crashes = row[7];
  account.lastCrashMs = sinceCrash === null ? null : atMs - sinceCrash;
  account.downSinceMs = downFor === null ? null : atMs - downFor;
  return account;
}

/** The minute of the last row of a process at or before one. Most have it in that stretch; else the ones before are looked into. */
const lastMinute = (process: string, minute: string) => `coalesce(
  (SELECT (${minute} & -${STRETCH_MINUTES}) + max(x.minute) FROM checkpoints AS x WHERE x.stretch = ${minute} >> ${STRETCH_BITS}
    AND x.process_id = ${process} AND x.minute <= ${minute} & ${STRETCH_MINUTES - 1}),
  (WITH RECURSIVE look (stretch, minute) AS (
      SELECT ${minute} >> ${STRETCH_BITS}, NULL
    UNION ALL
      SELECT look.stretch - 1,
        (SELECT max(x.minute) FROM checkpoints AS x WHERE x.stretch = look.stretch - 1 AND x.process_id = ${process})
      FROM look WHERE look.minute IS NULL AND look.stretch > (SELECT min(stretch) FROM checkpoints)
    ) SELECT (stretch << ${STRETCH_BITS}) + minute FROM look WHERE minute IS NOT NULL))`;

const CHECKPOINT_SQL = {
  ends: "SELECT (SELECT min(stretch) FROM checkpoints), (SELECT max(stretch) FROM checkpoints)",
  lastOfEach: `WITH found AS MATERIALIZED (SELECT p.id AS id, ${lastMinute("p.id", "?1")} AS at FROM processes AS p
      WHERE p.id >= ?2 AND p.id < ?3 AND p.name <> '')
    SELECT ${COLUMNS}, id FROM found CROSS JOIN checkpoints
      ON stretch = at >> ${STRETCH_BITS} AND process_id = id AND minute = at & ${STRETCH_MINUTES - 1}`,
  write: `INSERT OR REPLACE INTO checkpoints VALUES (${Array(12).fill("?").join(", ")})`,
  dropAfter: "DELETE FROM checkpoints WHERE stretch = ? AND process_id = ? AND minute > ?",
  dropBefore: `DELETE FROM checkpoints WHERE stretch = ?1 AND process_id >= ?2 AND process_id < ?3
    AND (stretch << ${STRETCH_BITS}) + minute < ${lastMinute("checkpoints.process_id", "?4")}`,
} as const;

/** Accounts as they are kept: of a process, up to (not with) the beginning of a minute. Times are epoch milliseconds. */
export function checkpointRows({ $client: client }: HistoryDatabase) {
  const ends = client.query(CHECKPOINT_SQL.ends);
  const lastRows = client.query(CHECKPOINT_SQL.lastOfEach);
  const write = client.query(CHECKPOINT_SQL.write);
  const dropAfter = client.query(CHECKPOINT_SQL.dropAfter);
  const dropBefore = client.query(CHECKPOINT_SQL.dropBefore);

  /** The oldest and the newest in which there is anything. */
  function endStretches(): readonly [number, number] {
    const [[oldest, newest] = [null, null]] = ends.values() as [number | null, number | null][];
    return [oldest ?? 0, newest ?? Number.NEGATIVE_INFINITY];
  }

  /** The last one of each process, of ids from `first` to below `end`, that was written at or before. */
  function lastOfEach(atMs: number, first: number, end: number): CheckpointRow[] {
    const newest = (endStretches()[1] + 1) * STRETCH_MINUTES - 1;
    return lastRows.values(Math.min(minuteOf(atMs), newest), first, end) as CheckpointRow[];
  }

  return {
    lastOfEach,
    /** The same of one process. */
    last(process: number, atMs: number): Account | null {
      const [row] = lastOfEach(atMs, process, process + 1);
      return row === undefined ? null : accountOfRow(newAccount(0), row);
    },
    write(process: number, minute: number, account: Account): void {
      const since = (ms: number | null): number | null => (ms === null ? null : msOfMinute(minute) - ms);
      const { kind, up, down, stopped, absent, restarts, crashes, lastCrashMs, downSinceMs } = account;
      const place = [stretchOf(minute), process, minuteWithin(minute), KINDS.indexOf(kind)];
      write.run(...place, up, down, stopped, absent, restarts, crashes, since(lastCrashMs), since(downSinceMs));
    },
    /** All of a process that do not hold when something happened at this time. */
    dropAfter(process: number, atMs: number): void {
      const minute = minuteOf(atMs);
      for (let stretch = endStretches()[1]; stretch > stretchOf(minute); stretch--) dropAfter.run(stretch, process, -1);
      dropAfter.run(stretchOf(minute), process, minuteWithin(minute));
    },
    /** All but the last of each process before that time; of ids from `first` to below `end`. */
    dropBefore(beforeMs: number, first: number, end: number): void {
      const minute = minuteOf(beforeMs);
      const [oldest, newest] = endStretches();
      for (let stretch = oldest; stretch <= Math.min(stretchOf(minute), newest); stretch++)
        dropBefore.run(stretch, first, end, minute);
    },
  };
}

export type CheckpointRows = ReturnType<typeof checkpointRows>;
