import type { LinkReport } from "../fleet.ts";

/**
 * A host's clock minus ours, from answers that cut it to whole seconds: only what they prove. Zero, where both may be the same.
 * @param hostMs its clock, cut to the second; @param askedMs and @param answeredMs ours, before and after
 */
export function provenOffsetMs(hostMs: number, askedMs: number, answeredMs: number): number {
  const least = hostMs - answeredMs;
  const most = hostMs + 999 - askedMs;
  if (least > 0) return least;
  return most < 0 ? most : 0;
}

export type HostClock = {
  /** epoch milliseconds, the host's clock as far as we know it */
  readonly nowMs: () => number;
  /** @param hostMs as it was told just now; null: it was not @param askedMs our clock, when it was asked for */
  readonly told: (hostMs: number | null, askedMs: number) => void;
};

/** The clock of one host, which the fleet is told of. @param nowMs our own */
export function createHostClock(report: Pick<LinkReport, "clock">, nowMs: () => number): HostClock {
  let offsetMs = 0;
  return {
    nowMs: () => nowMs() + offsetMs,
    told(hostMs, askedMs) {
      if (hostMs !== null) offsetMs = provenOffsetMs(hostMs, askedMs, nowMs());
      report.clock(offsetMs);
    },
  };
}
