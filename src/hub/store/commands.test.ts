import { expect, test } from "bun:test";
import { entry, items, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";
import { parseAccess } from "../../domain/access.ts";
import { parseHistoryQuery } from "./history-query.ts";

const { open } = temporaryStore();

const stop = {
  actor: { user: "alice", address: "10.0.0.7" },
  method: "stop",
  detail: "",
  patterns: ["lid001:PLC:*"],
  targets: [{ supervisor: "lid001", atMs: NOW + 2, processes: ["PLC:wcid00a", "PLC:wcid00b"] }],
} as const;

test("a command is kept with who asked, from where and what became of it; what follows from it names them", () => {
  const store = open();
  store.append("lid001", "e", [entry(1)]);
  const done = store.recordCommand(stop);
  store.append("lid001", "e", [
    entry(2, { fromState: "RUNNING", toState: "STOPPING" }),
    entry(3, { fromState: "STOPPING", toState: "STOPPED" }),
    entry(4, { fromState: "STOPPED", toState: "STARTING" }),
  ]);
  store.flush();
  expect(items(store, { kind: "command" })[0]).toMatchObject({ ok: null });
  done([
    { supervisor: "lid001", process: "PLC:wcid00a", ok: true, text: null },
    { supervisor: "lid001", process: "PLC:wcid00b", ok: false, text: "no such process" },
  ]);
  store.flush();
  const by = { user: "alice", address: "10.0.0.7", action: "stop" };
  expect(items(store, { kind: "command" })).toMatchObject([
    { uid: "lid001:PLC:wcid00b", by, ok: false, message: "no such process", at: NOW + 2 },
    { uid: "lid001:PLC:wcid00a", by, ok: true },
  ]);
  expect(items(store).map(({ to_state, cause, by }) => [to_state, cause, by?.user])).toEqual([
    ["STARTING", "host", undefined],
    ["STOPPED", "user", "alice"],
    ["STOPPING", "user", "alice"],
    ["RUNNING", null, undefined],
  ]);
  expect(items(store, { cause: "user" })).toHaveLength(2);
  expect(items(store, { cause: "user,host", uid: "lid001:PLC:wcid00a" })).toHaveLength(3);
  expect(items(store, { text: "NO SUCH", kind: "all" })).toHaveLength(1);
});

test("what was asked of a whole supervisord is without the names of groups for who sees a part of it", () => {
  const store = open();
  const targets = [{ supervisor: "lid001", atMs: NOW + 2, processes: null }];
  store.append("lid001", "e", [entry(1)]);
  const done = store.recordCommand({ ...stop, method: "update", detail: "web", targets });
  done([{ supervisor: "lid001", process: null, ok: false, text: "web: still running" }]);
  store.flush();
  const told = (filter: string, parameters = {}) =>
    store
      .history({ ...parseHistoryQuery({ kind: "command", ...parameters }), access: parseAccess(filter) })
      .items.map((item) => (item.kind === "command" ? [item.detail, item.message] : []));
  expect(told("host:lid001")).toEqual([["web", "web: still running"]]);
  expect(told("group:PLC")).toEqual([[undefined, undefined]]);
  expect(told("group:PLC", { text: "web" })).toEqual([]);
  expect(told("group:nix")).toEqual([]);
});

test("the hub's own entries: a link found and lost, and why", () => {
  const store = open();
  store.recordLink("lid001", { atMs: NOW, status: "live", reason: null });
  store.recordLink("lid001", { atMs: NOW + 5, status: "down", reason: "connection refused" });
  store.flush();
  expect(items(store)).toEqual([]);
  expect(items(store, { kind: "link", supervisor: "lid001" })).toMatchObject([
    { kind: "link", state: "down", message: "connection refused", at: NOW + 5 },
    { kind: "link", state: "live" },
  ]);
  expect(store.cursor("lid001")).toBeNull();
});

test("what supervisord did itself, and its groups", () => {
  const store = open();
  const own = { seq: 1, kind: "supervisor", atMs: NOW, state: "RUNNING" } as const;
  const group = { seq: 2, kind: "group", atMs: NOW + 1, group: "PLC", change: "REMOVED" } as const;
  store.append("lid001", "e", [own, group, { ...own, seq: 3, atMs: NOW + 2, state: "STOPPING" }]);
  store.flush();
  expect(items(store, { kind: "supervisor,group" })).toMatchObject([
    { kind: "supervisor", state: "STOPPING", supervisor: "lid001", at: NOW + 2 },
    { kind: "group", state: "REMOVED", group: "PLC" },
    { kind: "supervisor", state: "RUNNING", at: NOW },
  ]);
  for (const kind of ["all", "group"])
    expect(items(store, { kind, cause: "host" })).toMatchObject([{ kind: "group", cause: "host" }]);
  expect(items(store, { kind: "all", cause: "host", state: "STOPPED" })).toEqual([]);
});

test("a gap that began in the time asked for is there, also where it ended later", () => {
  const store = open();
  const gap = (seq: number, fromMs: number, atMs: number) =>
    ({ kind: "gap", seq, fromMs, atMs, reason: "events_lost", lost: null }) as const;
  store.append("lid001", "e", [entry(1), gap(2, NOW + 100, NOW + 500), gap(3, NOW + 600, NOW + 900)]);
  store.flush();
  const of = (parameters: object) => items(store, parameters).map(({ from, at }) => [(from ?? NOW) - NOW, at - NOW]);
  expect(of({ to: String(NOW + 200) })).toEqual([
    [100, 500],
    [0, 1],
  ]);
  expect(of({ to: String(NOW + 550), from: String(NOW + 450) })).toEqual([[100, 500]]);
  expect(of({ to: String(NOW + 50) })).toEqual([[0, 1]]);
});
