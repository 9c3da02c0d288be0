export const DAY_MS = 24 * 60 * 60_000;

/** Midnight before or at a moment, UTC; both epoch milliseconds. */
export const startOfDay = (ms: number): number => Math.floor(ms / DAY_MS) * DAY_MS;
