import { describe, expect, test } from "bun:test";
import { entry, items, NOW, temporaryStore } from "../../../test/support/temporary-store.ts";
import type { Evidence } from "../../domain/evidence.ts";
import type { Namespec } from "../../domain/names.ts";
import { SLOT_MS, type Slot } from "../stats/five-minutes.ts";

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
