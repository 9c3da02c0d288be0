import { MultivisorError } from "../domain/errors.ts";
import type { Logger } from "../lib/logger.ts";
import { networkOf } from "../lib/network-of.ts";
import { createTokenCheck } from "./token.ts";

/** Requests with a wrong token are answered the later the more came from the same network. */
const FIRST_WAIT_MS = 50;
/** Below the patience of a hub, which should hear what is wrong. */
const MAX_WAIT_MS = 1_000;
/** Wrong ones of one network that wait at a time; further requests from there are not even looked at. */
const MAX_WAITING = 16;
const MAX_NETWORKS = 1_000;
const REPORT_MS = 60_000;
const MAX_REPORTED = 20;

type Wrong = { count: number; unreported: number; waiting: number };

export type TokenGuard = {
  /** @param address of the peer @throws MultivisorError UNAUTHORIZED, late; FORBIDDEN where too many came from there */
  readonly admit: (authorization: string | null, address: string) => Promise<void>;
  readonly close: () => void;
};

/**
 * Lets in whoever has the token, and never lets those wait. A network that was right lately is always looked at, so that
 * nobody beside a hub can lock it out.
 * @param token null: everyone may enter
 */
export function createTokenGuard(deps: {
  readonly token: string | null;
  readonly log: Pick<Logger, "warn">;
  readonly sleep?: (ms: number) => Promise<void>;
  readonly every?: (ms: number, act: () => void) => () => void;
}): TokenGuard {
  const { log, sleep = Bun.sleep, every = everyMs } = deps;
  const isRight = createTokenCheck(deps.token);
  const wrong = new Map<string, Wrong>();
  const right = new Set<string>();
  let stopReports: (() => void) | null = null;

  function noteWrong(network: string): Wrong {
    const before = wrong.get(network) ?? { count: 0, unreported: 0, waiting: 0 };
    before.count++;
    // Last in the order is the latest; the one that waited longest for its next try goes first.
    renew(wrong, network, before);
    if (before.count === 1) log.warn(`Refused a request without the right token from ${network}`);
    else before.unreported++;
    stopReports ??= every(REPORT_MS, report);
    return before;
  }

  function report(): void {
    const loud = [...wrong].filter(([, { unreported }]) => unreported > 0);
    for (const [network, { unreported }] of loud.slice(0, MAX_REPORTED))
      log.warn(`Refused ${unreported} requests without the right token from ${network} within a minute`);
    if (loud.length > MAX_REPORTED) log.warn(`Refused the like from ${loud.length - MAX_REPORTED} more networks`);
    for (const [network, one] of wrong) {
      if (one.unreported === 0 && one.waiting === 0) wrong.delete(network);
      one.unreported = 0;
    }
    if (wrong.size === 0) end();
  }

  const end = () => {
    stopReports?.();
    stopReports = null;
  };

  return {
    async admit(authorization, address) {
      if (deps.token === null) return;
      const network = networkOf(address);
      const before = wrong.get(network);
      if (before !== undefined && before.waiting >= MAX_WAITING && !right.has(network)) {
        before.unreported++;
        throw new MultivisorError("FORBIDDEN", "Cannot enter: too many requests with a wrong token came from there");
      }
      if (isRight(authorization)) return renewSet(right, network);
      const one = noteWrong(network);
      one.waiting++;
      await sleep(Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(one.count - 1, 10)));
      one.waiting--;
      const what = authorization === null ? "asks for its token" : "has another token";
      throw new MultivisorError("UNAUTHORIZED", `Cannot enter: this agent ${what}`);
    },
    close: end,
  };
}

function renew<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.size > MAX_NETWORKS ? map.keys().next() : null;
  if (oldest?.done === false) map.delete(oldest.value);
}

function renewSet<K>(set: Set<K>, key: K): void {
  set.delete(key);
  set.add(key);
  const oldest = set.size > MAX_NETWORKS ? set.values().next() : null;
  if (oldest?.done === false) set.delete(oldest.value);
}

function everyMs(ms: number, act: () => void): () => void {
  const timer = setInterval(act, ms);
  timer.unref();
  return () => clearInterval(timer);
}
