import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { Elysia } from "elysia";
import { entry, NOW } from "../../../test/support/temporary-store.ts";
import { parseAccess } from "../../domain/access.ts";
import { createLogger } from "../../lib/logger.ts";
import { HistorySummary, HistoryTimeline } from "../../protocol/hub-history.ts";
import { openStore } from "../store/open-store.ts";
import type { Store } from "../store/store.ts";
import { historyRoutes } from "./history.ts";
import { historyFiguresRoutes } from "./history-figures.ts";
import { httpErrors } from "./http-errors.ts";

const log = createLogger("ERROR");
const HOUR = 3_600_000;
let store: Store;
let access = parseAccess("");

beforeAll(() => {
  const nowMs = () => NOW + 10 * HOUR;
  store = openStore(":memory:", { log, now: nowMs });
  const at = (seq: number, hours: number, more: object) => entry(seq, { atMs: NOW + hours * HOUR, ...more });
  store.append("lid001", "e", [
    at(1, 0, { toState: "RUNNING" }),
    at(2, 4, { fromState: "RUNNING", toState: "EXITED", expected: false }),
    { kind: "gap", seq: 3, fromMs: NOW + 5 * HOUR, atMs: NOW + 6 * HOUR, reason: "events_lost", lost: null },
    at(4, 8, { fromState: "STARTING", toState: "RUNNING" }),
    at(5, 1, { group: "=cmd", name: 'a"b', toState: "STOPPED", fromState: "STOPPING" }),
  ]);
  store.flush();
});
afterAll(() => store.close());

async function get(path: string) {
  const who = () => ({ account: { name: null, role: "admin", access } as const });
  const app = new Elysia()
    .use(httpErrors(log))
    .use(historyRoutes({ store, log, who }))
    .use(historyFiguresRoutes({ store, who, nowMs: () => NOW + 10 * HOUR }));
  const response = await app.handle(new Request(`http://localhost${path}`));
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, text, body: isJson ? JSON.parse(text) : null };
}

test("the summary says how much was up, down, unknown, and how often it failed", async () => {
  const { body } = await get(`/api/history/summary?from=${NOW}&uid=lid001:PLC:wcid00a`);
  expect([...Value.Errors(HistorySummary, body)]).toEqual([]);
  expect(body.rows).toEqual([
    {
      ...{ key: "lid001:PLC:wcid00a", processes: 1 },
      ...{ up_percent: 60, down_percent: 30, stopped_percent: 0, unknown_percent: 10 },
      ...{ up_ms: 6 * HOUR, down_ms: 3 * HOUR, stopped_ms: 0, unknown_ms: HOUR },
      ...{ availability_percent: (100 * 6) / 9, restarts: 0, crashes: 1, mtbf_ms: 6 * HOUR },
      ...{ longest_outage_ms: 2 * HOUR, last_crash: NOW + 4 * HOUR },
    },
  ]);
});

test("by group and by supervisor processes are added up", async () => {
  const by = async (what: string) => (await get(`/api/history/summary?from=${NOW}&by=${what}`)).body;
  expect((await by("group")).rows.map(({ key }: { key: string }) => key)).toEqual(["PLC", "=cmd"]);
  expect((await by("supervisor")).rows).toMatchObject([{ key: "lid001", processes: 2, stopped_ms: 8 * HOUR }]);
  expect((await by("supervisor")).total).toMatchObject({ processes: 2, crashes: 1 });
});

test("the timeline is the states one after the other, with what is not known", async () => {
  const { body } = await get(`/api/history/timeline?uid=lid001:PLC:wcid00a&from=${NOW - HOUR}`);
  expect([...Value.Errors(HistoryTimeline, body)]).toEqual([]);
  const hours = body.intervals.map((i: { from: number; to: number; kind: string; state: string }) => [
    (i.from - NOW) / HOUR,
    (i.to - NOW) / HOUR,
    i.state ?? i.kind,
  ]);
  expect(hours).toEqual([
    [-1, 0, "unknown"],
    [0, 4, "RUNNING"],
    [4, 5, "EXITED"],
    [5, 6, "unknown"],
    [6, 8, "EXITED"],
    [8, 10, "RUNNING"],
  ]);
});

describe("what cannot be answered is refused:", () => {
  test.each([
    ["/api/history/timeline", 400],
    ["/api/history/timeline?uid=lid001:PLC:none", 404],
    ["/api/history/timeline?uid=lid001:PLC:wcid00a&width=0", 400],
    ["/api/history/summary?by=host", 400],
    [`/api/history/summary?from=${NOW}&to=${NOW}`, 400],
    ["/api/history?format=xml", 400],
    ["/api/history?cause=bad", 400],
    ["/api/history?kind=bad", 400],
  ])("%s", async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});

test("whoever sees a part of the fleet gets that part of everything", async () => {
  access = parseAccess("group:=cmd");
  try {
    const { body } = await get(`/api/history/summary?from=${NOW}`);
    expect(body.rows.map(({ key }: { key: string }) => key)).toEqual(['lid001:=cmd:a"b']);
    expect((await get("/api/history")).body.items).toHaveLength(2);
    expect((await get("/api/history/timeline?uid=lid001:PLC:wcid00a")).status).toBe(404);
  } finally {
    access = null;
  }
});

test("as a file: CSV that no spreadsheet takes for formulas, lines of JSON, and JSON", async () => {
  const csv = (await get("/api/history?format=csv")).text.split("\r\n");
  expect(csv).toHaveLength(7);
  expect(csv[0]).toStartWith("at,kind,supervisor,group,name,from_state,to_state,cause,");
  expect(csv.some((line) => line.includes(`lid001,'=cmd,"a""b",STOPPING,STOPPED`))).toBe(true);
  const lines = (await get("/api/history/export?format=ndjson&state=RUNNING")).text.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).to_state)).toEqual(["RUNNING", "RUNNING"]);
  expect((await get("/api/history/export")).body).toMatchObject({ items: { length: 5 }, next: null });
});

test("a format gives all of it, a page is what was asked for without one", async () => {
  const all = (await get("/api/history?limit=1000")).body.items;
  expect(all).toHaveLength(5);
  expect((await get("/api/history?format=json")).body).toEqual({ items: all, next: null });
  const two = (await get("/api/history?format=json&limit=2")).body;
  expect(two.items).toEqual(all.slice(0, 2));
  const rest = (await get(`/api/history?format=json&cursor=${two.next}`)).body;
  expect(rest).toEqual({ items: all.slice(2), next: null });
  expect((await get("/api/history?format=csv&limit=2")).text.trim().split("\r\n")).toHaveLength(3);
  expect((await get("/api/history?limit=2")).body.next).toBe(two.next);
  expect((await get("/api/history?format=json&state=FATAL")).body).toEqual({ items: [], next: null });
});
