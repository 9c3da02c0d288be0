import type { Random } from "../random.ts";
import { between, pick, untilNext } from "./chance.ts";
import type { PastHost } from "./past-host.ts";

/** What happens to all processes of a group, on all hosts: somebody rolls out a new version, or what they need fails. */
export type FleetEvent = {
  readonly kind: "rollout" | "trouble";
  readonly atMs: number;
  readonly group: string;
};

const DAY_MS = 86_400_000;
const ROLLOUT_EVERY_MS = 4 * DAY_MS;
const TROUBLE_EVERY_MS = 9 * DAY_MS;
/** Nothing of that kind in the last hours: what is done then ends before the end. */
const QUIET_MS = DAY_MS / 4;

/** @returns in order of time */
export function fleetEvents(hosts: readonly PastHost[], fromMs: number, toMs: number, random: Random): FleetEvent[] {
  const eventful = hosts.flatMap(({ processes }) => processes.filter(({ temper }) => temper !== "quiet"));
  const [first = "", ...others] = new Set(eventful.map(({ group }) => group));
  const events: FleetEvent[] = [];
  const add = (kind: FleetEvent["kind"], everyMs: number, when: (ms: number) => number) => {
    for (let ms = fromMs + untilNext(random, everyMs); ms < toMs - QUIET_MS; ms += untilNext(random, everyMs) + DAY_MS)
      events.push({ kind, atMs: Math.floor(when(ms)), group: pick(random, [first, ...others]) });
  };
  // New versions come in the morning, trouble whenever it likes.
  add("rollout", ROLLOUT_EVERY_MS, (ms) => Math.floor(ms / DAY_MS) * DAY_MS + between(random, 7.5, 10) * 3_600_000);
  add("trouble", TROUBLE_EVERY_MS, (ms) => ms);
  return events.filter(({ atMs }) => atMs > fromMs && atMs < toMs - QUIET_MS).sort((a, b) => a.atMs - b.atMs);
}
