import type { Random } from "../random.ts";
import type { SimulatedHost } from "./host.ts";

/** Transitions that are made to happen. */
export type Traffic = {
  /** So many a second over these hosts, from now on; 0 ends it. */
  readonly setRate: (perS: number, hosts?: readonly SimulatedHost[]) => void;
  readonly rate: () => number;
  /** So many, as fast as they can be made. @returns ms that it took */
  readonly burst: (count: number, hosts: readonly SimulatedHost[]) => Promise<number>;
  /** transitions made so far, by rate and by bursts */
  readonly offered: () => number;
  readonly close: () => void;
};

/** How often a rate is given its share. */
const BEAT_MS = 10;
/** What was missed for longer is not caught up with. */
const MOST_BEHIND_MS = 1_000;
/** In one go, before others get their turn. */
const CHUNK = 250;

export function createTraffic(all: readonly SimulatedHost[], random: Random): Traffic {
  let timer: Timer | undefined;
  let perS = 0;
  let offered = 0;

  const step = (host: SimulatedHost | undefined) => {
    if (host?.supervisord.step()) offered++;
  };
  const setRate: Traffic["setRate"] = (rate, hosts = all) => {
    clearInterval(timer);
    perS = rate;
    if (rate === 0) return;
    let lastMs = performance.now();
    let due = 0;
    timer = setInterval(() => {
      const nowMs = performance.now();
      due += (Math.min(MOST_BEHIND_MS, nowMs - lastMs) / 1_000) * rate;
      lastMs = nowMs;
      for (; due >= 1; due--) step(hosts[Math.floor(random() * hosts.length)]);
    }, BEAT_MS);
  };
  return {
    setRate,
    rate: () => perS,
    offered: () => offered,
    async burst(count, hosts) {
      const startMs = performance.now();
      for (let i = 0; i < count; i++) {
        step(hosts[i % hosts.length]);
        if (i % CHUNK === CHUNK - 1) await new Promise((resolve) => setImmediate(resolve));
      }
      return performance.now() - startMs;
    },
    close: () => clearInterval(timer),
  };
}
