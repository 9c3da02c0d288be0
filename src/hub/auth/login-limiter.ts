import { networkOf } from "../../lib/network-of.ts";

/** So many wrong tries at once, and how long until one is given back. */
type Allowance = { readonly tries: number; readonly refillMs: number };

const BY_ADDRESS: Allowance = { tries: 10, refillMs: 30_000 };
/** Wider, or anybody could lock a person out by her name. */
const BY_NAME: Allowance = { tries: 50, refillMs: 5_000 };
const MAX_KEYS = 10_000;

export type LoginLimiter = {
  /** Takes a try. @returns ms to wait where there is none left; null: go on */
  readonly take: (address: string, username: string) => number | null;
  /** The try was right: it is given back. */
  readonly giveBack: (address: string, username: string) => void;
};

/** In memory: a restart of the hub forgives. @param now milliseconds of a clock that is never put back */
export function createLoginLimiter(now: () => number): LoginLimiter {
  const addresses = createBuckets(BY_ADDRESS, now);
  const names = createBuckets(BY_NAME, now);
  return {
    take(address, username) {
      const waitMs = Math.max(addresses.waitMs(networkOf(address)), names.waitMs(nameOf(username)));
      if (waitMs > 0) return waitMs;
      addresses.add(networkOf(address), 1);
      names.add(nameOf(username), 1);
      return null;
    },
    giveBack(address, username) {
      addresses.add(networkOf(address), -1);
      names.add(nameOf(username), -1);
    },
  };
}

/** Strangers may send any; nobody's is longer. */
const nameOf = (username: string): string => username.slice(0, 200);

/** Leaky buckets: what was used drips away. */
function createBuckets({ tries, refillMs }: Allowance, now: () => number) {
  const buckets = new Map<string, { used: number; atMs: number }>();
  const used = (key: string): number => {
    const bucket = buckets.get(key);
    return bucket === undefined ? 0 : Math.max(0, bucket.used - Math.max(0, now() - bucket.atMs) / refillMs);
  };
  return {
    waitMs: (key: string): number => Math.max(0, Math.ceil((used(key) + 1 - tries) * refillMs)),
    add(key: string, count: number): void {
      const next = Math.max(0, used(key) + count);
      // The order of insertion is the order of use: the one that waited longest goes.
      buckets.delete(key);
      if (next > 0) buckets.set(key, { used: next, atMs: now() });
      const oldest = buckets.size > MAX_KEYS ? buckets.keys().next().value : undefined;
      if (oldest !== undefined) buckets.delete(oldest);
    },
  };
}
