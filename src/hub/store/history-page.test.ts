import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { PROCESS_STATE_NAMES } from "../../domain/states.ts";
import { matchesGlob } from "../../lib/glob.ts";
import { createLogger } from "../../lib/logger.ts";
import type { HistoryItem } from "../../protocol/hub.ts";
import { type HistoryParameters, parseHistoryQuery } from "./history-query.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const START = Date.UTC(2026, 0, 1);
const SUPERVISORS = 80;
const PER_SUPERVISOR = 100;
const folder = mkdtempSync(join(tmpdir(), "history-"));
const path = join(folder, "history.sqlite");
let store: Store;
let all: HistoryItem[];

/** Of supervisor n; every 50th is a gap, FATAL is rare. */
function entryOf(n: number, i: number): JournalEntry {
  const atMs = START + i * 1_000 + n;
  const seq = i + 1;
  if (i % 50 === 49) return { kind: "gap", seq, fromMs: atMs - 500, atMs, reason: "events_lost", lost: 1 };
  const state = PROCESS_STATE_NAMES[i % 6] ?? "STOPPED";
  return {
    kind: "transition",
    seq,
    atMs,
    group: `g${i % 4}`,
    name: `p${i % 12}`,
    fromState: null,
    toState: i === 60 && n === 7 ? "FATAL" : state,
    pid: null,
    expected: state === "EXITED" ? i % 4 === 1 : null,
    tries: null,
    sampled: false,
  };
}

function pages(parameters: HistoryParameters): HistoryItem[] {
  const items: HistoryItem[] = [];
  for (let cursor = parameters.cursor; ; ) {
    const page = store.history(parseHistoryQuery({ limit: "1000", ...parameters, cursor }));
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

beforeAll(() => {
  store = openStore(path, { log: createLogger("ERROR"), now: Date.now });
  for (let n = 0; n < SUPERVISORS; n++)
    store.append(
      `host${n}`,
      "e",
      Array.from({ length: PER_SUPERVISOR }, (_, i) => entryOf(n, i)),
    );
  store.flush();
  all = pages({});
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

test("all of it, newest first", () => {
  expect(all).toHaveLength(SUPERVISORS * PER_SUPERVISOR);
  expect(all.every((item, i) => i === 0 || item.id < (all[i - 1]?.id ?? 0))).toBe(true);
});

describe("a filter answers what looking through everything would:", () => {
  const isTransition = (item: HistoryItem) => item.kind === "transition";
  const hostOf = (item: HistoryItem) => Number(item.supervisor.slice(4));
  const rows: [HistoryParameters, (item: HistoryItem) => boolean][] = [
    [{ uid: "host3:g1:p1" }, (i) => i.uid === "host3:g1:p1" || (i.kind === "gap" && i.supervisor === "host3")],
    [{ uid: "host3:g1:none" }, () => false],
    [{ uid: "host3:*", state: "RUNNING" }, (i) => i.supervisor === "host3" && i.to_state === "RUNNING"],
    [{ uid: "p1[01]" }, (i) => i.kind === "gap" || /^p1[01]$/.test(i.name ?? "")],
    [{ uid: "*:g2:*" }, (i) => i.kind === "gap" || i.group === "g2"],
    [{ supervisor: "host3" }, (i) => i.supervisor === "host3"],
    [{ supervisor: "host1*" }, (i) => matchesGlob("host1*", i.supervisor)],
    [{ supervisor: "*" }, () => true],
    [{ supervisor: "nobody" }, () => false],
    [{ group: "g1" }, (i) => i.kind === "gap" || i.group === "g1"],
    [{ group: "g[12]", process: "p1" }, (i) => i.kind === "gap" || (i.name === "p1" && i.group === "g1")],
    [{ process: "p1" }, (i) => i.kind === "gap" || i.name === "p1"],
    [{ process: "p9", supervisor: "host5" }, (i) => i.supervisor === "host5" && (i.kind === "gap" || i.name === "p9")],
    [{ uid: "host[1-7]?:g1:*" }, (i) => /^host[1-7]\d$/.test(i.supervisor) && (i.kind === "gap" || i.group === "g1")],
    [{ expected: "false" }, (i) => i.expected === false],
    [{ expected: "true", supervisor: "host4" }, (i) => i.expected === true && i.supervisor === "host4"],
    [{ state: "FATAL" }, (i) => i.to_state === "FATAL"],
    [{ state: "FATAL,backoff" }, (i) => i.to_state === "FATAL" || i.to_state === "BACKOFF"],
    [{ state: "STOPPED", group: "g0" }, (i) => i.to_state === "STOPPED" && i.group === "g0"],
    [{ from: String(START + 80_000) }, (i) => i.at >= START + 80_000],
    [{ to: "2026-01-01T00:00:30.005Z" }, (i) => i.at <= START + 30_005],
    [
      { uid: "*:p2", state: "RUNNING", from: String(START + 50_000), to: String(START + 100_000) },
      (i) =>
        isTransition(i) &&
        i.name === "p2" &&
        i.to_state === "RUNNING" &&
        i.at >= START + 50_000 &&
        i.at <= START + 100_000,
    ],
    [
      { state: "RUNNING", supervisor: "host[!1-7]*" },
      (i) => i.to_state === "RUNNING" && /^host[089]/.test(`host${hostOf(i)}`),
    ],
  ];
  test.each(rows)("%j", (parameters, matches) => {
    const expected = all.filter(matches).map(({ id }) => id);
    expect(pages(parameters).map(({ id }) => id)).toEqual(expected);
    expect(pages({ ...parameters, limit: "170" }).map(({ id }) => id)).toEqual(expected);
  });
});

test.each([1, 30, 40, 80, 81])("gaps that go on after the time asked for come first, %d items to a page", (limit) => {
  const toMs = START + 48_800;
  const begins = (i: HistoryItem) => (i.kind === "gap" ? (i.from ?? i.at) : i.at);
  const expected = all.filter((i) => begins(i) <= toMs).map(({ id }) => id);
  expect(expected.filter((id) => all.find((i) => i.id === id)?.kind === "gap")).toHaveLength(SUPERVISORS);
  const from = String(START + 47_000);
  const asked = { to: String(toMs), from, limit: String(limit) };
  const recent = all.filter((i) => begins(i) <= toMs && i.at >= START + 47_000).map(({ id }) => id);
  expect(pages(asked).map(({ id }) => id)).toEqual(recent);
});

test("pages neither repeat nor skip while rows are written, newer ones and older ones", () => {
  const first = store.history(parseHistoryQuery({ limit: "10", supervisor: "host2" }));
  const late = (seq: number, atMs: number): JournalEntry => ({ ...entryOf(2, 0), seq, atMs }) as JournalEntry;
  const newest = (first.items[0]?.at ?? 0) + 1;
  const last = first.items.at(-1)?.at ?? 0;
  store.append("host2", "e2", [late(1, newest), late(2, last), late(3, START - 1)]);
  store.flush();
  const rest = pages({ supervisor: "host2", cursor: first.next ?? "" });
  const seen = [...first.items, ...rest].map(({ id }) => id);
  expect(new Set(seen).size).toBe(seen.length);
  expect(rest.at(-1)?.at).toBe(START - 1);
  expect(seen).toHaveLength(PER_SUPERVISOR + 1);
});

describe("what cannot be read is refused:", () => {
  test.each([
    [{ state: "RUNING" }, 'state "RUNING" is none of supervisord\'s'],
    [{ from: "yesterday" }, 'from "yesterday" is no time'],
    [{ to: "1.5" }, 'to "1.5" is no time'],
    [{ expected: "maybe" }, 'expected "maybe" is neither true nor false'],
    [{ limit: "0" }, 'limit "0"'],
    [{ limit: "1001" }, 'limit "1001"'],
    [{ limit: "x" }, 'limit "x"'],
    [{ cursor: "abc" }, "the cursor is none of ours"],
  ])("%j", (parameters, message) => {
    expect(() => parseHistoryQuery(parameters)).toThrow(message);
  });
});

test("times are epoch milliseconds or ISO 8601", () => {
  const fromOf = (from: string) => parseHistoryQuery({ from }).fromMs;
  expect(fromOf("1767225600000")).toBe(START);
  expect(fromOf("2026-01-01")).toBe(START);
  expect(fromOf("2026-01-01T02:00:00+02:00")).toBe(START);
  expect(fromOf("2026-01-01T02:00:00 02:00")).toBe(START);
});
