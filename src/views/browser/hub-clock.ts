let offsetMs: number | null = null;

/** @param hubMs the hub's clock as it wrote it; from then on the difference to ours is known */
export function setHubClock(hubMs: number): void {
  if (Number.isFinite(hubMs) && hubMs > 0) offsetMs = hubMs - Date.now();
}

/** Epoch milliseconds, hub's clock. */
export const hubNow = (): number => Date.now() + (offsetMs ?? 0);
