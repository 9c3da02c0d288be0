import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { entries, entry, items, NOW, temporaryStore, until } from "../../../test/support/temporary-store.ts";

const { open, place } = temporaryStore();

test("what cannot be written when somebody reads: who reads is told, and all of it is written later", async () => {
  open().close();
  const other = new Database(place.path);
  other.run("CREATE TRIGGER t BEFORE INSERT ON items WHEN NEW.seq = 200 BEGIN SELECT RAISE(FAIL, 'no room'); END");
  const store = open({ batchRows: 200 });
  store.append("lid001", "e1", entries(1, 40_000));
  await until(() => isWritten(other)); // in one transaction, which goes on for many turns; rows wait for its end, or readers
  expect(() => items(store)).toThrow(/^Cannot read the history: .*no room/);
  expect(store.status().ok).toBe(false);
  other.run("DROP TRIGGER t");
  other.close();
  await until(() => store.status().ok);
  expect(store.flush()).toBe(true);
  expect(items(store, { limit: "1" })[0]).toMatchObject({ at: NOW + 40_000 });
});

test("what was told to a transaction that could not be written is told alike when it can: causes and outcomes", async () => {
  const store = open();
  store.append("lid001", "e1", [{ kind: "supervisor", seq: 1, atMs: NOW, state: "RUNNING" }, entry(2)]);
  const command = { actor: { user: "ann", address: "10.0.0.7" }, detail: "", patterns: ["lid001:PLC:wcid00a"] };
  const targets = [{ supervisor: "lid001", atMs: NOW + 3, processes: ["PLC:wcid00a" as const] }];
  const done = store.recordCommand({ ...command, method: "stop", targets });
  store.flush();
  const other = new Database(place.path);
  other.run("CREATE TRIGGER t BEFORE INSERT ON items WHEN NEW.seq = 9 BEGIN SELECT RAISE(FAIL, 'no room'); END");
  done([{ supervisor: "lid001", process: "PLC:wcid00a", ok: true, text: null }]);
  store.append("lid001", "e1", [
    entry(3, { fromState: "RUNNING", toState: "STOPPING" }),
    entry(4, { fromState: "STOPPING", toState: "STOPPED" }),
    entry(5, { name: "wcid00b", fromState: "RUNNING", toState: "STOPPING" }),
    { kind: "supervisor", seq: 6, atMs: NOW + 6, state: "STOPPING" },
    entry(7, { name: "wcid00c", fromState: "RUNNING", toState: "STOPPING" }),
    { kind: "group", seq: 8, atMs: NOW + 8, group: "PLC", change: "ADDED" },
    { kind: "supervisor", seq: 9, atMs: NOW + 9, state: "RUNNING" },
  ]);
  await until(() => !store.status().ok);
  other.run("DROP TRIGGER t");
  other.close();
  await until(() => store.status().ok);
  expect(store.flush()).toBe(true);
  const transitions = items(store, { kind: "transition" });
  expect(transitions.map(({ name, to_state, cause, by }) => [name, to_state, cause, by?.user])).toEqual([
    ["wcid00c", "STOPPING", "supervisord_stop", undefined],
    ["wcid00b", "STOPPING", "host", undefined],
    ["wcid00a", "STOPPED", "user", "ann"],
    ["wcid00a", "STOPPING", "user", "ann"],
    ["wcid00a", "RUNNING", null, undefined],
  ]);
  expect(items(store, { kind: "group" })).toMatchObject([{ cause: "supervisord_start" }]);
  expect(items(store, { kind: "command" })).toMatchObject([{ ok: true }]);
});

/** Whether somebody else writes. */
function isWritten(by: Database): boolean {
  try {
    by.run("BEGIN IMMEDIATE");
    by.run("ROLLBACK");
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "SQLITE_BUSY";
  }
}
