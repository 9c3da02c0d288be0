import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Arrived, createModel } from "../../../test/support/history-model.ts";
import { addFigures, NO_FIGURES } from "../../domain/figures.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { PROCESS_STATE_NAMES } from "../../domain/states.ts";
import { createLogger } from "../../lib/logger.ts";
import { parseHistoryQuery } from "./history-query.ts";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

const DAY = 86_400_000;
const START = Date.UTC(2026, 2, 28);
const KNOWN = START + 40 * DAY;
const HOSTS = ["a", "b"];
const NAMES = ["g:x", "g:y", "h:x"];

/** Clocks mostly go on by little, sometimes by days, sometimes back. */
const tick = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 200_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
  { weight: 1, arbitrary: fc.integer({ min: -DAY, max: 0 }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const host = fc.constantFrom(...HOSTS);
const state = fc.constantFrom(...PROCESS_STATE_NAMES);
const step = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constant("transition" as const),
      host,
      tick,
      name: fc.constantFrom(...NAMES),
      from: fc.option(state),
      to: state,
      expected: fc.option(fc.boolean()),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant("gap" as const), host, tick, span: fc.nat(DAY) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("hub gap" as const), host, tick, span: fc.nat(DAY) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant("group" as const),
      host,
      tick,
      group: fc.constantFrom("g", "h"),
      change: fc.constantFrom("ADDED" as const, "REMOVED" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant("lost" as const), host, tick }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constantFrom("again" as const, "flush" as const, "restart" as const), host, tick }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const log = createLogger("ERROR", () => {});

function play(path: string, steps: readonly Step[], few: number): { store: Store; arrived: Arrived[] } {
  const open = () => openStore(path, { log, now: () => KNOWN, delayMs: 10_000, few });
  let store = open();
  const arrived: Arrived[] = [];
  const clock = new Map(HOSTS.map((name) => [name, START]));
  const seq = new Map(HOSTS.map((name) => [name, 0]));
  const newest = new Map<string, number>();
  const sent: { supervisor: string; entry: JournalEntry }[] = [];
  const arrive = (supervisor: string, entry: JournalEntry) => {
    arrived.push({ supervisor, entry });
    newest.set(supervisor, Math.max(entry.atMs, newest.get(supervisor) ?? entry.atMs));
  };
  const lastBefore = (host: string, atMs: number): number => {
    const told = newest.get(host) ?? atMs;
    if (told <= atMs) return told;
    const before = arrived.filter(
      ({ supervisor, entry }) => supervisor === host && entry.kind === "transition" && entry.atMs < atMs,
    );
    return before.length === 0 ? atMs : Math.max(...before.map(({ entry }) => entry.atMs));
  };
  const send = (supervisor: string, make: (at: { seq: number; atMs: number }) => JournalEntry) => {
    const next = (seq.get(supervisor) ?? 0) + 1;
    seq.set(supervisor, next);
    const entry = make({ seq: next, atMs: clock.get(supervisor) ?? START });
    store.append(supervisor, "e", [entry]);
    sent.push({ supervisor, entry });
    arrive(supervisor, entry);
  };
  for (const one of steps) {
    const now = Math.max(START, Math.min(START + 35 * DAY, (clock.get(one.host) ?? START) + one.tick));
    clock.set(one.host, now);
    switch (one.what) {
      case "transition": {
        const [group = "", name = ""] = one.name.split(":");
        const { from: fromState, to: toState } = one;
        const more = { fromState, toState, expected: toState === "EXITED" ? one.expected : null };
        send(one.host, (at) => ({
          kind: "transition",
          ...at,
          group,
          name,
          ...more,
          pid: null,
          tries: null,
          sampled: false,
        }));
        break;
      }
      case "gap":
        send(one.host, (at) => ({ kind: "gap", ...at, fromMs: at.atMs - one.span, reason: "events_lost", lost: null }));
        break;
      case "hub gap": {
        const gap = { kind: "gap", fromMs: now - one.span, atMs: now, reason: "not_watched", lost: null } as const;
        const known = arrived.some(
          ({ supervisor, entry: e }) =>
            supervisor === one.host &&
            e.kind === "gap" &&
            e.atMs === now &&
            e.fromMs === gap.fromMs &&
            e.reason === gap.reason,
        );
        store.appendGap(one.host, gap);
        if (!known) arrive(one.host, { ...gap, seq: 0 });
        break;
      }
      case "group":
        send(one.host, (at) => ({ kind: "group", ...at, group: one.group, change: one.change }));
        break;
      case "lost": {
        // The journal has forgotten an entry that the hub never saw.
        const first = seq.get(one.host) === 0;
        seq.set(one.host, (seq.get(one.host) ?? 0) + 1);
        if (!first) {
          const fromMs = lastBefore(one.host, now);
          arrive(one.host, { kind: "gap", seq: 0, fromMs, atMs: now, reason: "journal_expired", lost: null });
        }
        send(one.host, (at) => ({ kind: "supervisor", ...at, state: "RUNNING" }));
        break;
      }
      case "again":
        for (const { supervisor, entry } of sent.slice(-5)) store.append(supervisor, "e", [entry]);
        break;
      case "flush":
        store.flush();
        break;
      case "restart":
        store.close();
        store = open();
    }
  }
  store.flush();
  return { store, arrived };
}

const window = fc
  .tuple(fc.nat(45 * DAY), fc.nat(45 * DAY))
  .map(([a, b]) => ({ fromMs: START - 2 * DAY + Math.min(a, b), toMs: START - 2 * DAY + Math.max(a, b) + 1 }));

function history(store: Store) {
  const page = (cursor?: string) => store.history(parseHistoryQuery({ limit: "1000", cursor }));
  return page().items.map((item) =>
    item.kind === "gap"
      ? [item.supervisor, "gap", item.at, item.from, item.reason]
      : [item.uid, "transition", item.at, item.from_state, item.to_state, item.expected],
  );
}

/** A day begins, and in its first millisecond a process crashes: a crash of that day, not of the one before. */
const CRASH_AT_MIDNIGHT: [Step[], { fromMs: number; toMs: number }] = [
  [{ what: "transition", host: "a", tick: 0, name: "g:x", from: "RUNNING", to: "EXITED", expected: false }],
  { fromMs: START - 2 * DAY, toMs: START + DAY },
];

const uidsOf = HOSTS.flatMap((supervisor) =>
  NAMES.map((name) => {
    const [group = "", process = ""] = name.split(":");
    return { uid: `${supervisor}:${name}`, supervisor, group, process };
  }),
);
const NO_FILTER = { uid: null, supervisor: null, group: null, process: null } as const;

test("whatever comes in whatever order, history, summary and timeline are those of a model that sorts and folds", async () => {
  const folder = mkdtempSync(join(tmpdir(), "model-"));
  let runs = 0;
  const property = fc.asyncProperty(fc.array(step, { maxLength: 120, size: "max" }), window, async (steps, asked) => {
    const { store, arrived } = play(join(folder, `${runs++}.sqlite`), steps, runs % 3 === 0 ? 300 : 0);
    const model = createModel(arrived, KNOWN);
    try {
      const { fromMs, toMs } = asked;
      const seen = new Set(
        arrived.flatMap(({ supervisor, entry: e }) =>
          e.kind === "transition" ? [`${supervisor}:${e.group}:${e.name}`] : [],
        ),
      );
      const known = uidsOf.filter(({ uid }) => seen.has(uid));
      const expected = known.map(({ uid, supervisor, group, process }) => ({
        ...{ uid, supervisor, group },
        figures: model.figures(supervisor, group, process, fromMs, toMs),
      }));

      expect(history(store)).toEqual(
        model.history().map((e) => {
          const { supervisor = "" } = arrived.find(({ entry }) => entry === e) ?? {};
          return e.kind === "gap"
            ? [supervisor, "gap", e.atMs, e.fromMs, e.reason]
            : e.kind === "transition"
              ? [`${supervisor}:${e.group}:${e.name}`, "transition", e.atMs, e.fromState, e.toState, e.expected]
              : [];
        }),
      );
      for (const by of ["process", "group", "supervisor"] as const) {
        const key = by === "process" ? "uid" : by;
        const groups = Map.groupBy(expected, (one) => one[key]);
        const rows = await store.summary({ ...NO_FILTER, ...asked, by });
        expect(rows.sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual(
          [...groups]
            .map(([name, of]) => ({
              key: name,
              processes: of.length,
              figures: of.map(({ figures }) => figures).reduce(addFigures, NO_FIGURES),
            }))
            .sort((a, b) => (a.key < b.key ? -1 : 1)),
        );
      }
      for (const { uid, supervisor, group, process } of known) {
        const timeline = store.timeline({ uid, fromMs, toMs, width: toMs - fromMs });
        expect(timeline?.intervals.map(({ joined, ...rest }) => rest)).toEqual(
          model.timeline(supervisor, group, process, fromMs, toMs) as never,
        );
        // Days, whatever their bounds: the figures kept as it went on equal a recount.
        const days = Array.from({ length: 8 }, (_, i) => fromMs + i * DAY);
        expect(store.figures({ ...NO_FILTER, uid }, days)).toEqual(
          days.slice(1).map((end, i) => model.figures(supervisor, group, process, days[i] ?? 0, end)),
        );
      }
    } finally {
      store.close();
    }
  });
  try {
    await fc.assert(property, {
      ...{ numRuns: Number(process.env.RUNS ?? 100), endOnFailure: true },
      examples: [CRASH_AT_MIDNIGHT],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 120_000);
