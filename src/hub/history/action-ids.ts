const BASE_MS = Date.UTC(2020, 0, 1);
const IDS_PER_MS = 16;

/** Numbers for actions that need no database: (milliseconds since 2020, hub's clock) × 16 + a count; each but once. */
export function createActionIds(): (nowMs: number) => number {
  let last = 0;
  return (nowMs) => {
    last = Math.max(last + 1, Math.floor(nowMs - BASE_MS) * IDS_PER_MS);
    return last;
  };
}
