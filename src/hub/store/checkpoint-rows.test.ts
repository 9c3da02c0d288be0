import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Account, newAccount } from "../../domain/account.ts";
import { accountOfRow, checkpointRows, minuteOf, msOfMinute, STRETCH_MINUTES } from "./checkpoint-rows.ts";
import { MIGRATIONS } from "./migrations.ts";
import { openDatabase } from "./open-database.ts";

const PROCESSES = [1, 2, 3];
const FIRST = 90 * STRETCH_MINUTES;

/** Some near the ends of stretches, with stretches in between in which there is nothing. */
const minutes = fc
  .tuple(fc.constantFrom(0, 1, 2, 7), fc.constantFrom(0, 1, 5, STRETCH_MINUTES - 1))
  .map(([stretch, minute]) => FIRST + stretch * STRETCH_MINUTES + minute);
const processes = fc.constantFrom(...PROCESSES);
const moments = fc.tuple(minutes, fc.constantFrom(0, 59_999)).map(([minute, ms]) => msOfMinute(minute) + ms);
const steps = fc.oneof(
  fc.record({ do: fc.constant("write" as const), process: processes, minute: minutes, up: fc.nat(9) }),
  fc.record({ do: fc.constant("dropAfter" as const), process: processes, ms: moments }),
  fc.record({ do: fc.constant("dropBefore" as const), ms: moments, first: processes }),
);

function emptyDatabase() {
  const db = openDatabase(":memory:");
  db.$client.run("INSERT INTO supervisors VALUES (1, 'lid001', NULL, NULL)");
  for (const id of PROCESSES) db.$client.run("INSERT INTO processes VALUES (?, 1, 'PLC', ?)", [id, `wcid${id}`]);
  db.$client.run("INSERT INTO processes VALUES (4, 1, 'PLC', '')");
  return db;
}

describe("the rows of accounts are", () => {
  test("those of a list of all that were written", () => {
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), moments, (all, asked) => {
        const db = emptyDatabase();
        const rows = checkpointRows(db);
        let model: { process: number; account: Account }[] = [];
        const last = (process: number, ms: number): Account | null =>
          model
            .filter((row) => row.process === process && row.account.atMs <= ms)
            .reduce<Account | null>((a, { account }) => (a !== null && a.atMs > account.atMs ? a : account), null);
        for (const step of all) {
          if (step.do === "write") {
            const atMs = msOfMinute(step.minute);
            const account = { ...newAccount(atMs), up: step.up, lastCrashMs: atMs - step.up, crashes: step.up };
            rows.write(step.process, step.minute, account);
            model = model.filter((row) => row.process !== step.process || row.account.atMs !== atMs);
            model.push({ process: step.process, account });
          } else if (step.do === "dropAfter") {
            rows.dropAfter(step.process, step.ms);
            model = model.filter((row) => row.process !== step.process || row.account.atMs <= step.ms);
          } else {
            rows.dropBefore(step.ms, step.first, 4);
            model = model.filter(
              ({ process, account }) => process < step.first || account.atMs >= (last(process, step.ms)?.atMs ?? 0),
            );
          }
        }
        const expected = PROCESSES.map((process) => last(process, asked));
        expect(PROCESSES.map((process) => rows.last(process, asked))).toEqual(expected);
        const found = new Map(rows.lastOfEach(asked, 1, 5).map((row) => [row[10], accountOfRow(newAccount(0), row)]));
        expect(PROCESSES.map((process) => found.get(process) ?? null)).toEqual(expected);
        expect(db.$client.query("SELECT count(*) FROM checkpoints").values()).toEqual([[model.length]]);
        db.close();
      }),
      { numRuns: 300 },
    );
  });

  test("those of a history in which they stood by process", () => {
    const old = openDatabase(":memory:", MIGRATIONS.slice(0, 6));
    const [minute, process] = [minuteOf(Date.UTC(2026, 10, 24, 2)), 7];
    old.$client.run("INSERT INTO supervisors (id, name) VALUES (1, 'lid001')");
    old.$client.run("INSERT INTO processes (id, supervisor_id, group_name, name) VALUES (7, 1, 'PLC', 'wcid7')");
    const row = [1, 5_000_000_000, 6, 0, 0, 3, 2] as const;
    const insert = old.$client.query("INSERT INTO checkpoints VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert.run(process, minute, ...row, msOfMinute(minute) - 61_001, msOfMinute(minute) - 1);
    insert.run(process, minute - STRETCH_MINUTES, 0, 1, 2, 3, 4, 5, 0, null, null);
    for (const sql of MIGRATIONS.slice(6)) old.$client.run(sql);
    const rows = checkpointRows(old);
    const [up, down, stopped, absent] = [5_000_000_000, 6, 0, 0];
    const atMs = msOfMinute(minute);
    const times = { lastCrashMs: atMs - 61_001, downSinceMs: atMs - 1 };
    const newest: Account = { atMs, kind: "down", up, down, stopped, absent, restarts: 3, crashes: 2, ...times };
    expect(rows.last(process, atMs)).toEqual(newest);
    const before = { ...newAccount(atMs - STRETCH_MINUTES * 60_000), kind: "up" as const, up: 1, down: 2, stopped: 3 };
    expect(rows.last(process, atMs - 1)).toEqual({ ...before, absent: 4, restarts: 5 });
    old.close();
  });
});
