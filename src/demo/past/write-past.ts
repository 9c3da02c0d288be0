import type { Journal, LastSign } from "../../agent/journal.ts";
import { auditPathOf } from "../../hub/store/audit-path.ts";
import { openAudit } from "../../hub/store/open-audit.ts";
import { openStore } from "../../hub/store/open-store.ts";
import type { Store } from "../../hub/store/store.ts";
import { createLogger } from "../../lib/logger.ts";
import { seededRandom } from "../random.ts";
import { askedCommands } from "./asked-commands.ts";
import { fleetEvents } from "./fleet-events.ts";
import { type HostPast, hostPast } from "./host-past.ts";
import type { PastHost } from "./past-host.ts";
import { resourcesPast } from "./resources-past.ts";
import { writeCommands } from "./write-commands.ts";

/** @property journal of the host's agent, which will go on with it; null: it has none */
export type Remembering = { readonly host: PastHost; readonly journal: Journal | null };

export type Past = {
  readonly days: number;
  readonly seed: number;
  readonly hosts: readonly Remembering[];
  /** of the hub, which has not begun yet */
  readonly dbPath: string;
};

const DAY_MS = 86_400_000;
/** What is broken now broke so long ago. */
const BROKEN_MS = 5.3 * DAY_MS;
/** What an agent keeps. */
const JOURNAL_MS = 30 * DAY_MS;
/** What processes used is kept for so long, and of a large fleet for as long as these rows last. */
const RESOURCE_DAYS = 30;
const RESOURCE_ROWS = 60_000;
const SLOTS_A_DAY = 288;
/** Written without a pause. */
const AT_ONCE = 500;

/**
 * Writes a past that never was, up to now: into the agents' journals and, as a hub that had followed them, into its history
 * and its audit. It ends with all supervisords being stopped.
 * @param signal ends it half way
 */
export async function writePast({ days, seed, hosts, dbPath }: Past, signal: AbortSignal): Promise<void> {
  const random = seededRandom(seed);
  const toMs = Date.now();
  const span = { fromMs: toMs - days * DAY_MS, toMs };
  const all = hosts.map(({ host }) => host);
  const events = fleetEvents(all, span.fromMs, span.toMs, random);
  const fate = { events, brokenMs: toMs - Math.min(BROKEN_MS, (days * DAY_MS) / 3) };
  const pasts = all.map((host) => hostPast(host, span, fate, random));
  let nowMs = span.fromMs;
  const log = createLogger("ERROR");
  const store = openStore(dbPath, { log, now: () => nowMs });
  const audit = openAudit(auditPathOf(dbPath), log, () => nowMs);
  const setNow = (ms: number) => {
    nowMs = ms;
  };
  try {
    writeCommands(askedCommands(pasts, random), { store, audit, setNow });
    for (const [i, past] of pasts.entries()) {
      if (signal.aborted) return;
      writeEntries(store, past, hosts[i]?.journal ?? null, toMs);
      await Bun.sleep(0);
    }
    await writeResources(store, pasts, { span, random, signal });
  } finally {
    store.close();
    audit.close();
  }
}

/** Where the agent of a host without a journal would have written. */
const NOWHERE = "invented";

function writeEntries(store: Store, { host, entries }: HostPast, journal: Journal | null, toMs: number): void {
  journal?.append(entries, lastSign(toMs, entries.length));
  journal?.expire({ beforeMs: toMs - JOURNAL_MS, maxBytes: Number.POSITIVE_INFINITY, limit: entries.length });
  store.append(host.name, journal?.epoch ?? NOWHERE, entries);
}

/** Of an agent that was stopped, last of all, by its supervisord as that was stopped itself. */
const lastSign = (aliveMs: number, events: number): LastSign => ({
  ...{ aliveMs, supervisord: { pid: 1, startTicks: 0 }, stopping: true, cleanStop: true },
  place: { serial: events, poolserial: events },
});

async function writeResources(
  store: Store,
  pasts: readonly HostPast[],
  { span, random, signal }: { span: { fromMs: number; toMs: number }; random: () => number; signal: AbortSignal },
): Promise<void> {
  const days = Math.min(RESOURCE_DAYS, RESOURCE_ROWS / SLOTS_A_DAY / pasts.length);
  const fromMs = Math.max(span.fromMs, span.toMs - days * DAY_MS);
  let written = 0;
  for (const { host, runs } of pasts)
    for (const slot of resourcesPast(runs, { fromMs, toMs: span.toMs }, random)) {
      store.putStats(host.name, slot);
      if (++written % AT_ONCE > 0) continue;
      if (signal.aborted) return;
      await Bun.sleep(0);
    }
}
