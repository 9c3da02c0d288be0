import type { SlotFigures } from "./five-minutes.ts";
import { packBytes, packCount, packPercent, unpackBytes, unpackCount, unpackPercent } from "./small-numbers.ts";

/** Figures by the number of their process, as they are kept: columns, because equal neighbours compress well. */
const COLUMNS = 7;
const ID_BYTES = 4;

export function encodeSlot(figures: ReadonlyMap<number, SlotFigures>): Buffer {
  const count = figures.size;
  const bytes = new Uint8Array(count * (ID_BYTES + COLUMNS * 2));
  const ids = new Uint32Array(bytes.buffer, 0, count);
  const values = new Uint16Array(bytes.buffer, count * ID_BYTES, count * COLUMNS);
  for (const [i, [id, figure]] of [...figures].sort(([a], [b]) => a - b).entries()) {
    ids[i] = id;
    for (const [column, value] of packed(figure).entries()) values[column * count + i] = value;
  }
  return Bun.zstdCompressSync(bytes);
}

const packed = (figure: SlotFigures): number[] => [
  packCount(figure.samples),
  packPercent(figure.cpuMean),
  packPercent(figure.cpuMax),
  packBytes(figure.rssMean),
  packBytes(figure.rssMax),
  packCount(figure.processesMax),
  packCount(figure.filesMax),
];

/** @param only the process that is asked for; null: all */
export function decodeSlot(body: Uint8Array, only: number | null = null): Map<number, SlotFigures> {
  const bytes = Uint8Array.from(Bun.zstdDecompressSync(body)); // a copy begins at a multiple of four
  const count = bytes.length / (ID_BYTES + COLUMNS * 2);
  const ids = new Uint32Array(bytes.buffer, 0, count);
  const values = new Uint16Array(bytes.buffer, count * ID_BYTES, count * COLUMNS);
  const figures = new Map<number, SlotFigures>();
  for (let i = only === null ? 0 : Math.max(0, ids.indexOf(only)); i < count; i++) {
    const id = ids[i] ?? 0;
    if (only !== null && id !== only) break;
    figures.set(
      id,
      unpacked((column) => values[column * count + i] ?? 0),
    );
  }
  return figures;
}

const unpacked = (value: (column: number) => number): SlotFigures => ({
  samples: value(0),
  cpuMean: unpackPercent(value(1)),
  cpuMax: unpackPercent(value(2)),
  rssMean: unpackBytes(value(3)) ?? 0,
  rssMax: unpackBytes(value(4)) ?? 0,
  processesMax: unpackCount(value(5)) ?? 0,
  filesMax: unpackCount(value(6)),
});
