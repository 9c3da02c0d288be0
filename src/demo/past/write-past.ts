import type { Journal, LastSign } from "../../agent/journal.ts";
import { auditPathOf } from "../../hub/store/audit-path.ts";
import { openAudit } from "../../hub/store/open-audit.ts";
import { openStore } from "../../hub/store/open-store.ts";
import type { Store } from "../../hub/store/store.ts";
import { createLogger } from "../../lib/logger.ts";
import { seededRandom } from "../random.ts";
import { type AskedOfHost, askedCommands } from "./asked-commands.ts";
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

type Span = { readonly fromMs: number; readonly toMs: number };

const DAY_MS = 86_400_000;
/** What is broken now broke so long ago. */
const BROKEN_MS = 5.3 * DAY_MS;
/** What an agent keeps. */
const JOURNAL_MS = 30 * DAY_MS;
/** What processes used is kept for so long, and of a large fleet for as long as so many figures last, of 5 min of a process each. */
const RESOURCE_DAYS = 30;
const RESOURCE_FIGURES = 2_000_000;
const SLOTS_A_DAY = 288;
/** Numbers between the seeds of two fleets. */
const HOSTS_APART = 100_003;
/** Written without a pause. */
const FIGURES_AT_ONCE = 20_000;

/**
 * Writes a past that never was, up to now: into the agents' journals and, as a hub that had followed them, into its history
 * and its audit. It ends with all supervisords being stopped. One host's past is in memory at a time: each is invented
 * twice, for what was asked of the hub comes first.
 * @param signal ends it half way
 */
export async function writePast({ days, seed, hosts, dbPath }: Past, signal: AbortSignal): Promise<void> {
  const random = seededRandom(seed);
  const toMs = Date.now();
  const span = { fromMs: toMs - days * DAY_MS, toMs };
  const all = hosts.map(({ host }) => host);
  const events = fleetEvents(all, span.fromMs, span.toMs, random);
  const fate = { events, brokenMs: toMs - Math.min(BROKEN_MS, (days * DAY_MS) / 3) };
  const pastOf = (host: PastHost, i: number) => hostPast(host, span, fate, seededRandom(seed * HOSTS_APART + i));
  const usedDays = resourceDays(all.reduce((sum, { processes }) => sum + processes.length, 0));
  const used = { fromMs: Math.max(span.fromMs, toMs - usedDays * DAY_MS), toMs };
  let nowMs = span.fromMs;
  const log = createLogger("ERROR");
  const store = openStore(dbPath, { log, now: () => nowMs });
  const audit = openAudit(auditPathOf(dbPath), log, () => nowMs);
  const setNow = (ms: number) => {
    nowMs = ms;
  };
  try {
    const asked: AskedOfHost[] = [];
    for (const [i, host] of all.entries()) {
      asked.push({ host, asked: pastOf(host, i).asked });
      if (await isOver(signal)) return;
    }
    writeCommands(askedCommands(asked, random), { store, audit, setNow });
    for (const [i, { host, journal }] of hosts.entries()) {
      const past = pastOf(host, i);
      writeEntries(store, past, journal, toMs);
      await writeResources(store, past, { ...used, random, signal });
      if (await isOver(signal)) return;
    }
  } finally {
    store.close();
    audit.close();
  }
}

/** Others have their turn before that. */
async function isOver(signal: AbortSignal): Promise<boolean> {
  await Bun.sleep(0);
  return signal.aborted;
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
  { host, runs }: HostPast,
  { fromMs, toMs, random, signal }: Span & { random: () => number; signal: AbortSignal },
): Promise<void> {
  let waiting = 0;
  for (const slot of resourcesPast(runs, { fromMs, toMs }, random)) {
    store.putStats(host.name, slot);
    waiting += slot.figures.size;
    if (waiting < FIGURES_AT_ONCE) continue;
    store.flush();
    waiting = 0;
    if (await isOver(signal)) return;
  }
}

/** How long what so many processes used is kept. */
const resourceDays = (processes: number): number => Math.min(RESOURCE_DAYS, RESOURCE_FIGURES / SLOTS_A_DAY / processes);
