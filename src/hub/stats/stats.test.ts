import { describe, expect, test } from "bun:test";
import type { Namespec } from "../../domain/names.ts";
import type { Resources } from "../../protocol/agent.ts";
import { CHUNK_BYTES } from "./chunk-pool.ts";
import type { Slot } from "./five-minutes.ts";
import { joinFigures, SLOT_MS } from "./five-minutes.ts";
import { decodeSlot, encodeSlot } from "./slot-codec.ts";
import { packBytes, packPercent, unpackBytes, unpackPercent } from "./small-numbers.ts";
import { createStats } from "./stats.ts";

const NOW = 1_800_000_000_000; // a multiple of five minutes
const message = (
  atMs: number,
  uses: Record<string, [number | null, number, number?, (number | null)?]>,
): Resources => ({
  atMs,
  names: Object.keys(uses),
  cpu: Object.values(uses).map(([cpu]) => cpu),
  rssBytes: Object.values(uses).map(([, rss]) => rss),
  processes: Object.values(uses).map(([, , processes = 1]) => processes),
  files: Object.values(uses).map(([, , , files = 5]) => files),
});
const A = "a:a" as Namespec;

function scene(mostBytes?: number) {
  const slots: [string, Slot][] = [];
  const options = mostBytes === undefined ? {} : { mostBytes };
  const stats = createStats({ onSlot: (supervisor, slot) => void slots.push([supervisor, slot]), ...options });
  return { stats, slots };
}

describe("what a process uses", () => {
  test("is known for the last two hours, a point every ten seconds", () => {
    const { stats } = scene();
    for (let s = 0; s < 3 * 3_600; s += 5)
      stats.add("lid001", message(NOW + s * 1_000, { "a:a": [s % 10 === 0 ? 10 : 20, 5_000_000] }));
    const end = NOW + 3 * 3_600_000;
    const points = stats.recent("lid001", A, end - 7_200_000, end) ?? [];
    expect(points).toHaveLength(720);
    expect(points[0]?.atMs).toBe(end - 7_200_000);
    expect(points.every(({ cpu }) => cpu === 15)).toBe(true);
    expect(Math.abs((points[0]?.rssBytes ?? 0) / 5_000_000 - 1)).toBeLessThan(0.0005);
    expect(stats.recent("lid001", A, end - 3 * 3_600_000, end)).toBe(null);
  });
  test("has holes where nothing was told, and no value where none is known", () => {
    const { stats } = scene();
    stats.add("lid001", message(NOW, { "a:a": [null, 1_000_000, 2, null] }));
    stats.add("lid001", message(NOW + 60_000, { "a:a": [1.5, 1_000_000, 2, 7] }));
    expect(stats.recent("lid001", A, NOW, NOW + 100_000)).toMatchObject([
      { atMs: NOW, cpu: null, processes: 2, files: null },
      { atMs: NOW + 60_000, cpu: 1.5, processes: 2, files: 7 },
    ]);
  });
  test("is known from the first look on, not from the beginning of the ten minutes in which that was", () => {
    const { stats } = scene();
    for (const atMs of [NOW + 240_000, NOW + 250_000]) stats.add("lid001", message(atMs, { "a:a": [1, 1_000_000] }));
    expect(stats.recentSinceMs("lid001", A)).toBe(NOW + 240_000);
    expect(stats.recent("lid001", A, NOW + 230_000, NOW + 300_000)).toBe(null);
    expect(stats.recent("lid001", A, NOW + 240_000, NOW + 300_000)).toHaveLength(2);
  });
  test("is its latest only for half a minute", () => {
    const { stats } = scene();
    stats.add("lid001", message(NOW, { "a:a": [3, 1_000_000] }));
    expect(stats.latest("lid001", A, NOW + 10_000)).toMatchObject({ atMs: NOW, cpu: 3, rssBytes: 1_000_000 });
    expect(stats.latest("lid001", A, NOW + 31_000)).toBe(null);
    expect(stats.latest("lid001", "b:b" as Namespec, NOW)).toBe(null);
    expect(stats.latest("lid002", A, NOW)).toBe(null);
  });
  test("of a fleet too large for the memory is known less far back, for all alike", () => {
    const { stats } = scene(100 * CHUNK_BYTES);
    const all = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`p:p${i}`, [1, 1_000_000] as [number, number]]),
    );
    for (let s = 0; s < 3 * 3_600; s += 10) stats.add("lid001", message(NOW + s * 1_000, all));
    expect(stats.size()).toEqual({ series: 20, bytes: 100 * CHUNK_BYTES });
    expect(stats.recent("lid001", "p:p7" as Namespec, NOW + 2.4 * 3_600_000, NOW + 3 * 3_600_000)).toHaveLength(216);
  });
  test("is forgotten two hours after its end, and with its supervisor", () => {
    const { stats } = scene();
    stats.add("lid001", message(NOW, { "a:a": [1, 1_000_000], "b:b": [1, 1_000_000] }));
    for (let s = 600; s < 3 * 3_600; s += 600) stats.add("lid001", message(NOW + s * 1_000, { "b:b": [1, 1_000_000] }));
    expect(stats.size().series).toBe(1);
    stats.forget("lid001");
    expect(stats.size()).toEqual({ series: 0, bytes: 0 });
  });
});

describe("five-minute figures", () => {
  test("are handed over when the five minutes are over, and at the end", () => {
    const { stats, slots } = scene();
    for (let s = 0; s <= 300; s += 5)
      stats.add("lid001", message(NOW + s * 1_000, { "a:a": [s === 100 ? 61 : 1, 1_000_000] }));
    expect(slots.map(([supervisor, { slot }]) => [supervisor, slot * SLOT_MS])).toEqual([["lid001", NOW]]);
    expect(slots[0]?.[1].figures.get(A)).toEqual({
      ...{ samples: 60, cpuMean: 2, cpuMax: 61, rssMean: 1_000_000, rssMax: 1_000_000, processesMax: 1, filesMax: 5 },
    });
    stats.close();
    expect(slots).toHaveLength(2);
  });
  test("are the same after they were kept", () => {
    const figures = {
      samples: 60,
      cpuMean: 2.5,
      cpuMax: null,
      rssMean: 5e8,
      rssMax: 6e8,
      processesMax: 3,
      filesMax: null,
    };
    const kept = encodeSlot(
      new Map([
        [70_000, figures],
        [3, { ...figures, samples: 1 }],
      ]),
    );
    expect([...decodeSlot(kept).keys()]).toEqual([3, 70_000]);
    expect(decodeSlot(kept, 70_000).get(70_000)).toMatchObject({
      samples: 60,
      cpuMean: 2.5,
      cpuMax: null,
      filesMax: null,
    });
    expect(decodeSlot(kept, 5).size).toBe(0);
  });
  test("of two parts are joined by their weight", () => {
    const part = (samples: number, cpuMean: number) => ({
      ...{ samples, cpuMean, cpuMax: cpuMean, rssMean: 100, rssMax: 200, processesMax: 1, filesMax: null },
    });
    expect(joinFigures(part(10, 4), part(30, 8))).toMatchObject({ samples: 40, cpuMean: 7, cpuMax: 8 });
  });
  test.each([0, 0.1, 99.9, 6_400])("%p percent is kept to a tenth", (percent) => {
    expect(unpackPercent(packPercent(percent))).toBe(percent);
  });
  test.each([0, 1_024, 4_096, 123_456_789, 2 ** 44])("%p bytes are kept to 0.05 %%", (bytes) => {
    expect(Math.abs((unpackBytes(packBytes(bytes)) ?? -1) - bytes)).toBeLessThanOrEqual(bytes * 0.0005);
  });
});
