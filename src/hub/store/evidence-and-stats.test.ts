import { describe, expect, test } from "bun:test";
import { entry, items, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { Namespec } from "../../domain/names.ts";
import { SLOT_MS, type Slot } from "../stats/five-minutes.ts";
import { parseHistoryQuery } from "./history-query.ts";

const { open } = temporaryStore();
const A = "PLC:wcid00a" as Namespec;

describe("why a process died", () => {
  const evidence: Evidence = {
    ...{ exitCode: 3, signal: null, ranMs: 17, stderrTail: "\u0000 ✓\n", stdoutTail: "", rssBytes: 4_096 },
  };
  const detail = (seq: number, ofSeq: number, more: object = {}) => ({
    ...{ kind: "detail" as const, seq, atMs: NOW + 50, ofSeq, ofMs: NOW + ofSeq, group: "PLC", name: "wcid00a" },
    ...{ spawnerr: "", evidence, ...more },
  });

  test("is kept with its transition, and outlives the hub", () => {
    const store = open();
    store.append("lid001", "e1", [
      entry(1, { toState: "EXITED", expected: false }),
      entry(2, { toState: "STARTING" }),
      detail(3, 1),
      detail(4, 1, { spawnerr: "Bad exit code 3", evidence: null }),
      detail(5, 77),
    ]);
    store.close();
    const later = open();
    expect(items(later).map((item) => [item.to_state, item.spawnerr, item.evidence?.exit_code])).toEqual([
      ["STARTING", null, undefined],
      ["EXITED", "Bad exit code 3", 3],
    ]);
    expect(later.lastEvidence("lid001", A)).toEqual({ atMs: NOW + 1, evidence });
    expect(later.lastEvidence("lid001", "PLC:other" as Namespec)).toBe(null);
    expect(later.lastEvidence("lid002", A)).toBe(null);
  });

  test("is found by a part of it, with spawn errors and messages, page by page, however much there is", () => {
    const store = open();
    const deaths = 600;
    for (let i = 0; i < deaths; i++) {
      const stderrTail = i % 100 === 7 ? `line one\nTraceback: "É" ${i}\n` : "nothing";
      const names = { group: "PLC", name: `p${i % 3}` };
      store.append("lid001", "e1", [
        entry(2 * i + 1, { ...names, toState: "EXITED", expected: false }),
        detail(2 * i + 2, 2 * i + 1, {
          ...names,
          evidence: { ...evidence, stderrTail, signal: i === 8 ? "SIGSEGV" : null },
        }),
      ]);
    }
    store.append("lid001", "e1", [
      entry(2 * deaths + 1, { toState: "FATAL" }),
      detail(2 * deaths + 2, 2 * deaths + 1, { spawnerr: 'no "traceback: ', evidence: null }),
    ]);
    store.flush();
    const found = (parameters: object) => {
      const places: number[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = store.history(parseHistoryQuery({ limit: "2", ...parameters, cursor }));
        places.push(...page.items.map(({ at }) => at - NOW));
        if (page.next === null) return places;
        cursor = page.next;
      }
    };
    expect(found({ text: 'traceback: "é"' })).toEqual([507, 407, 307, 207, 107, 7].map((i) => 2 * i + 1));
    expect(found({ text: "TRACEBACK: " })).toEqual([
      2 * deaths + 1,
      ...[507, 407, 307, 207, 107, 7].map((i) => 2 * i + 1),
    ]);
    expect(found({ text: "traceback", uid: "lid001:PLC:p1" })).toEqual([307, 7].map((i) => 2 * i + 1));
    expect(found({ text: "traceback", to: String(NOW + 300) })).toEqual([215, 15]);
    expect(found({ text: "sigsegv" })).toEqual([17]);
    expect(found({ text: "traceback", state: "FATAL" })).toEqual([2 * deaths + 1]);
    expect(found({ text: "stderrTail" })).toEqual([]);
  });
});

describe("what processes used", () => {
  const slot = Math.floor(NOW / SLOT_MS);
  const figures = (samples: number, cpuMean: number) => ({
    ...{ samples, cpuMean, cpuMax: cpuMean, rssMean: 1_024, rssMax: 1_024, processesMax: 1, filesMax: null },
  });
  const used = (at: number, samples: number, cpuMean: number): Slot => ({
    slot: at,
    figures: new Map([[A, figures(samples, cpuMean)]]),
  });
  const always = { fromMs: 0, toMs: NOW * 2 };

  test("is kept by five minutes; parts of the same are joined", () => {
    const store = open();
    store.putStats("lid001", used(slot, 10, 4));
    store.putStats("lid001", used(slot, 30, 8));
    store.putStats("lid001", used(slot + 1, 60, 1));
    store.putStats("lid002", used(slot, 60, 99));
    store.flush();
    expect(store.stats("lid001", A, always).map(({ atMs, cpuMean }) => [atMs, cpuMean])).toEqual([
      [slot * SLOT_MS, 7],
      [(slot + 1) * SLOT_MS, 1],
    ]);
    expect(store.stats("lid001", A, { fromMs: (slot + 1) * SLOT_MS + 1, toMs: NOW * 2 })).toHaveLength(1);
    expect(store.stats("lid001", "PLC:other" as Namespec, always)).toEqual([]);
  });

  test("is forgotten after 30 days, a little with each write, also of supervisors that are no more", () => {
    const store = open();
    const month = (30 * 86_400_000) / SLOT_MS;
    for (let i = 0; i < 50; i++) store.putStats("gone", used(slot - 50 + i, 60, 1));
    for (let i = 0; i < 50; i++) store.putStats("lid001", used(slot + month + i, 60, 1));
    store.flush();
    expect(store.stats("gone", A, always)).toEqual([]);
    expect(store.stats("lid001", A, always)).toHaveLength(50);
  });
});
