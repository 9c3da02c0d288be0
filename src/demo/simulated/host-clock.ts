/** The clock of one simulated host: this machine's, and how far it is off. */
export type HostClock = {
  /** epoch ms */
  readonly now: () => number;
  readonly offsetMs: () => number;
  readonly set: (offsetMs: number) => void;
};

export function createHostClock(offsetMs = 0): HostClock {
  let offset = offsetMs;
  return {
    now: () => Date.now() + offset,
    offsetMs: () => offset,
    set(next) {
      offset = next;
    },
  };
}
