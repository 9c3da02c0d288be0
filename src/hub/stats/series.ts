import { CHUNK_LENGTH, type ChunkPool } from "./chunk-pool.ts";
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
const FIELDS = CHUNK_LENGTH / POINTS;
/** Ten minutes; 2 hours, and the one that is being filled. */
export const CHUNK_MS = POINT_MS * POINTS;
export const MOST_CHUNKS = 13;

/**
 * The last two hours of one process, a point every 10 s; memory is taken ten minutes at a time. Oldest first: which ten
 * minutes since 1970, and the chunk that holds them.
 */
export type Series = { readonly tens: number[]; readonly chunks: number[] };

export const newSeries = (): Series => ({ tens: [], chunks: [] });

/** @param mostChunks as many are kept; the oldest gives way */
export function addSample(pool: ChunkPool, series: Series, atMs: number, sample: Sample, mostChunks: number): void {
  const slot = Math.floor(atMs / POINT_MS);
  const ten = Math.floor(slot / POINTS);
  const chunk = chunkFor(pool, series, ten, Math.max(1, Math.min(MOST_CHUNKS, mostChunks)));
  if (chunk !== null) write(pool.slab(chunk), pool.at(chunk) + (slot - ten * POINTS) * FIELDS, sample);
}

/** null for a time before what is kept: a clock that was set back far. */
function chunkFor(pool: ChunkPool, series: Series, ten: number, most: number): number | null {
  const { tens, chunks } = series;
  if ((tens.at(-1) ?? -1) >= ten) return chunks[tens.indexOf(ten)] ?? null;
  while (chunks.length >= most || (tens[0] ?? ten) <= ten - MOST_CHUNKS) dropOldest(pool, series);
  const chunk = pool.take();
  pool.slab(chunk).fill(UNKNOWN, pool.at(chunk), pool.at(chunk) + CHUNK_LENGTH);
  tens.push(ten);
  chunks.push(chunk);
  return chunk;
}

function dropOldest(pool: ChunkPool, { tens, chunks }: Series): void {
  tens.shift();
  const chunk = chunks.shift();
  if (chunk !== undefined) pool.giveBack(chunk);
}

/** Its memory goes back. */
export function emptySeries(pool: ChunkPool, series: Series): void {
  while (series.chunks.length > 0) dropOldest(pool, series);
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
export function pointsOf(pool: ChunkPool, { tens, chunks }: Series, fromMs: number, toMs: number): Point[] {
  const points: Point[] = [];
  for (const [n, chunk] of chunks.entries()) {
    const data = pool.slab(chunk).subarray(pool.at(chunk), pool.at(chunk) + CHUNK_LENGTH);
    for (let i = 0; i < POINTS; i++) {
      const atMs = ((tens[n] ?? 0) * POINTS + i) * POINT_MS;
      const [cpu = UNKNOWN, rss = UNKNOWN, processes = UNKNOWN, files = UNKNOWN] = data.subarray(i * FIELDS);
      if (rss === UNKNOWN || atMs + POINT_MS <= fromMs || atMs > toMs) continue;
      points.push({
        ...{ atMs, cpu: unpackPercent(cpu), rssBytes: unpackBytes(rss) },
        ...{ processes: unpackCount(processes), files: unpackCount(files) },
      });
    }
  }
  return points;
}

/** The first point that is known, epoch ms; null: it is empty. */
export function beginOf(pool: ChunkPool, { tens, chunks }: Series): number | null {
  const [ten, chunk] = [tens[0], chunks[0]];
  if (ten === undefined || chunk === undefined) return null;
  const data = pool.slab(chunk).subarray(pool.at(chunk), pool.at(chunk) + CHUNK_LENGTH);
  const first = Array.from({ length: POINTS }, (_, i) => i).find((i) => data[i * FIELDS + 1] !== UNKNOWN) ?? 0;
  return ten * CHUNK_MS + first * POINT_MS;
}
export const endOf = ({ tens }: Series): number => ((tens.at(-1) ?? -1) + 1) * CHUNK_MS;
