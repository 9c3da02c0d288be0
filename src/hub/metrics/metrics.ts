import type { LoginEvent } from "../auth/auth.ts";
import type { FleetView } from "../fleet-view.ts";
import { type Counters, createCounters } from "./counters.ts";
import type { HubInternals } from "./hub-families.ts";
import type { UsageOf } from "./process-families.ts";

/** Everything that is counted from the start of the hub on. */
export type Metrics = {
  readonly counters: Counters;
  readonly usage: UsageOf;
  readonly internals: () => HubInternals;
  /** for strangers too: no paths, no names */
  readonly problems: () => readonly string[];
  readonly countAnswer: (status: number) => void;
  readonly countLogin: (what: LoginEvent["what"]) => void;
  readonly close: () => void;
};

export function createMetrics(deps: {
  readonly fleet: FleetView;
  readonly usage: UsageOf;
  readonly streamReaders: () => number;
  readonly actionsRunning: () => number;
  readonly historyOk: () => boolean;
  /** epoch ms */
  readonly now: () => number;
}): Metrics {
  const { fleet, usage, streamReaders, actionsRunning, historyOk, now } = deps;
  const counters = createCounters(fleet, now);
  const startedMs = now();
  const requests = new Map<number, number>();
  const logins = new Map<string, number>([
    ["login", 0],
    ["login_failed", 0],
    ["login_refused", 0],
    ["logout", 0],
  ]);
  return {
    counters,
    usage,
    internals: () => ({
      ...{ streamReaders: streamReaders(), actionsRunning: actionsRunning(), historyOk: historyOk() },
      ...{ requests, logins, startedMs },
    }),
    problems: () => (historyOk() ? [] : ["the history is not being written"]),
    countAnswer: (status) => void requests.set(status, (requests.get(status) ?? 0) + 1),
    countLogin: (what) => void logins.set(what, (logins.get(what) ?? 0) + 1),
    close: counters.close,
  };
}
