/** Numbers in a chunk: 60 points of 4 values. */
export const CHUNK_LENGTH = 240;
export const CHUNK_BYTES = CHUNK_LENGTH * 2;
const CHUNKS_IN_SLAB = 2_048;

/**
 * Memory for many small arrays of one size, taken a megabyte at a time: as arrays of their own, each would cost three
 * times what is in it. A chunk is known by its number.
 */
export type ChunkPool = {
  readonly take: () => number;
  readonly giveBack: (chunk: number) => void;
  /** Where a chunk is: in `slab`, from `at`. */
  readonly slab: (chunk: number) => Uint16Array;
  readonly at: (chunk: number) => number;
  /** chunks in use */
  readonly size: () => number;
};

export function createChunkPool(): ChunkPool {
  const slabs: Uint16Array[] = [];
  const free: number[] = [];
  let made = 0;

  const make = (): number => {
    if (made % CHUNKS_IN_SLAB === 0) slabs.push(new Uint16Array(CHUNKS_IN_SLAB * CHUNK_LENGTH));
    return made++;
  };
  return {
    take: () => free.pop() ?? make(),
    giveBack: (chunk) => void free.push(chunk),
    slab(chunk) {
      const slab = slabs[Math.floor(chunk / CHUNKS_IN_SLAB)];
      if (slab === undefined) throw new Error(`no chunk ${chunk}`);
      return slab;
    },
    at: (chunk) => (chunk % CHUNKS_IN_SLAB) * CHUNK_LENGTH,
    size: () => made - free.length,
  };
}
