/** Sixteen bits for what a process uses: all bits set means "not known". */
export const UNKNOWN = 0xffff;
const MOST = 0xfffe;

/** Steps for each doubling: bytes are kept to 0.04 %, up to 30 TiB. */
const STEPS = 1_872;

/** Percent of one core, to a tenth, up to 65 cores. */
export const packPercent = (percent: number | null): number =>
  percent === null ? UNKNOWN : Math.min(MOST, Math.max(0, Math.round(percent * 10)));
export const unpackPercent = (packed: number): number | null => (packed === UNKNOWN ? null : packed / 10);

export const packBytes = (bytes: number | null): number =>
  bytes === null ? UNKNOWN : Math.min(MOST, Math.round(Math.log2(Math.max(0, bytes) / 1_024 + 1) * STEPS));
export const unpackBytes = (packed: number): number | null =>
  packed === UNKNOWN ? null : Math.round((2 ** (packed / STEPS) - 1) * 1_024);

export const packCount = (count: number | null): number => (count === null ? UNKNOWN : Math.min(MOST, count));
export const unpackCount = (packed: number): number | null => (packed === UNKNOWN ? null : packed);
