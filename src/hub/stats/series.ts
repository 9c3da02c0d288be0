import {
  packBytes,
  packCount,
  packPercent,
  UNKNOWN,
  unpackBytes,
  unpackCount,
  unpackPercent,
} from "./small-numbers.ts";

/** What one process and its children used at one moment; null where it is not known. */
export type Sample = {
  /** percent of one core */
  readonly cpu: number | null;
  readonly rssBytes: number | null;
  readonly processes: number | null;
  readonly files: number | null;
};
/** `atMs`: epoch ms of the host's clock */
export type Point = Sample & { readonly atMs: number };

export const POINT_MS = 10_000;
const POINTS = 60;
const FIELDS = 4;
/** Ten minutes; 2 hours, and the one that is being filled. */
export const CHUNK_MS = POINT_MS * POINTS;
export const MOST_CHUNKS = 13;
/** With what the runtime adds to an array of its own. */
export const CHUNK_BYTES = POINTS * FIELDS * 2 + 120;

type Chunk = { number: number; readonly data: Uint16Array };

/** The last two hours of one process, a point every 10 s; memory is taken ten minutes at a time. Oldest first. */
export type Series = { readonly chunks: Chunk[] };

export const newSeries = (): Series => ({ chunks: [] });

/** @param mostChunks as many are kept; the oldest gives way. @returns how many chunks more there are now */
export function addSample(series: Series, atMs: number, sample: Sample, mostChunks: number): number {
  const slot = Math.floor(atMs / POINT_MS);
  const number = Math.floor(slot / POINTS);
  const before = series.chunks.length;
  const chunk = chunkFor(series, number, Math.max(1, Math.min(MOST_CHUNKS, mostChunks)));
  if (chunk !== null) write(chunk.data, (slot - number * POINTS) * FIELDS, sample);
  return series.chunks.length - before;
}

/** null for a time before what is kept: a clock that was set back far. */
function chunkFor({ chunks }: Series, number: number, most: number): Chunk | null {
  const newest = chunks.at(-1);
  if (newest !== undefined && newest.number >= number) return chunks.find((chunk) => chunk.number === number) ?? null;
  let reused: Chunk | undefined;
  while (chunks.length >= most) reused = chunks.shift();
  while (chunks[0] !== undefined && chunks[0].number <= number - MOST_CHUNKS) reused = chunks.shift();
  const chunk = reused ?? { number, data: new Uint16Array(POINTS * FIELDS) };
  chunk.number = number;
  chunk.data.fill(UNKNOWN);
  chunks.push(chunk);
  return chunk;
}

/** Two samples may fall into one point: the mean of their processor time, the later one's other values. */
function write(data: Uint16Array, at: number, sample: Sample): void {
  const cpu = packPercent(sample.cpu);
  const before = data[at] ?? UNKNOWN;
  data[at] = before === UNKNOWN || cpu === UNKNOWN ? Math.min(before, cpu) : Math.round((before + cpu) / 2);
  data[at + 1] = packBytes(sample.rssBytes);
  data[at + 2] = packCount(sample.processes);
  data[at + 3] = packCount(sample.files);
}

/** The points that are known, oldest first; both ends included. */
export function pointsOf({ chunks }: Series, fromMs: number, toMs: number): Point[] {
  const points: Point[] = [];
  for (const { number, data } of chunks)
    for (let i = 0; i < POINTS; i++) {
      const atMs = (number * POINTS + i) * POINT_MS;
      const [cpu = UNKNOWN, rss = UNKNOWN, processes = UNKNOWN, files = UNKNOWN] = data.subarray(i * FIELDS);
      if (rss === UNKNOWN || atMs + POINT_MS <= fromMs || atMs > toMs) continue;
      points.push({
        ...{ atMs, cpu: unpackPercent(cpu), rssBytes: unpackBytes(rss) },
        ...{ processes: unpackCount(processes), files: unpackCount(files) },
      });
    }
  return points;
}

/** Where the memory of it begins, epoch ms; null: it is empty. */
export const beginOf = ({ chunks }: Series): number | null =>
  chunks[0] === undefined ? null : chunks[0].number * CHUNK_MS;
export const endOf = ({ chunks }: Series): number => ((chunks.at(-1)?.number ?? -1) + 1) * CHUNK_MS;
