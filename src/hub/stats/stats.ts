import type { Namespec, SupervisorName } from "../../domain/names.ts";
import type { Resources } from "../../protocol/agent.ts";
import { CHUNK_BYTES, createChunkPool } from "./chunk-pool.ts";
import {
  addToSlot,
  figuresOf,
  newSlotSum,
  SLOT_MS,
  type Slot,
  type SlotFigures,
  type SlotSum,
} from "./five-minutes.ts";
import {
  addSample,
  beginOf,
  CHUNK_MS,
  emptySeries,
  endOf,
  MOST_CHUNKS,
  newSeries,
  type Point,
  pointsOf,
  type Sample,
  type Series,
} from "./series.ts";

const TWO_HOURS_MS = 7_200_000;
/** What was told longer ago than this says nothing of now. */
const FRESH_MS = 30_000;
const DEFAULT_MOST_BYTES = 256 * 1_024 * 1_024;

export type Stats = {
  readonly add: (supervisor: SupervisorName, message: Resources) => void;
  /** null where nothing was told within the last half minute. @param hostNowMs the host's clock */
  readonly latest: (supervisor: SupervisorName, process: Namespec, hostNowMs: number) => Point | null;
  /** The same of many processes of one supervisor. */
  readonly newest: (supervisor: SupervisorName, hostNowMs: number) => (process: Namespec) => Point | null;
  /** From memory, a point every 10 s; null where it does not reach back so far. */
  readonly recent: (supervisor: SupervisorName, process: Namespec, fromMs: number, toMs: number) => Point[] | null;
  /** Since when memory holds anything of it, epoch ms of the host's clock; null: it holds nothing. */
  readonly recentSinceMs: (supervisor: SupervisorName, process: Namespec) => number | null;
  /** Of the five minutes that are not over; null: nothing was told in them. */
  readonly unfinished: (
    supervisor: SupervisorName,
    process: Namespec,
  ) => (SlotFigures & { readonly atMs: number }) | null;
  /** Of a supervisor that is no more in the fleet. */
  readonly forget: (supervisor: SupervisorName) => void;
  readonly size: () => { readonly series: number; readonly bytes: number };
  /** Hands over what is not finished yet. */
  readonly close: () => void;
};

/** The newest message, and where each process is in it. */
type Last = { readonly message: Resources; readonly at: (process: Namespec) => number | undefined };

type Host = { readonly series: Map<Namespec, Series>; slot: SlotSum | null; last: Last | null; sweptMs: number };

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, i) => name === b[i]);

/** Looked up when somebody asks. */
function placesIn(names: readonly string[]): Last["at"] {
  let places: ReadonlyMap<string, number> | null = null;
  return (process) => {
    places ??= new Map(names.map((name, i) => [name, i]));
    return places.get(process);
  };
}

/** While a host names the same processes in the same order, the names that are held already serve. */
const lastOf = (message: Resources, before: Last | null): Last =>
  before !== null && isSame(before.message.names, message.names)
    ? { message: { ...message, names: before.message.names }, at: before.at }
    : { message, at: placesIn(message.names) };

const nothing = () => null;

/**
 * What processes used: the last 2 hours in memory, five-minute figures handed over as they are finished. Where the fleet
 * is so large that 2 hours of it would need more than `mostBytes` (about 43,000 processes), all of them keep less.
 */
export function createStats(deps: {
  readonly onSlot: (supervisor: SupervisorName, slot: Slot) => void;
  readonly mostBytes?: number;
}): Stats {
  const { onSlot, mostBytes = DEFAULT_MOST_BYTES } = deps;
  const hosts = new Map<SupervisorName, Host>();
  let seriesCount = 0;
  const pool = createChunkPool();

  const hostOf = (supervisor: SupervisorName): Host => {
    const host = hosts.get(supervisor) ?? { series: new Map(), slot: null, last: null, sweptMs: 0 };
    hosts.set(supervisor, host);
    return host;
  };
  const seriesOf = (host: Host, name: Namespec): Series => {
    const known = host.series.get(name);
    if (known !== undefined) return known;
    const made = newSeries();
    host.series.set(name, made);
    seriesCount += 1;
    return made;
  };
  const drop = (host: Host, name: Namespec): void => {
    const series = host.series.get(name);
    if (series !== undefined) emptySeries(pool, series);
    seriesCount -= host.series.delete(name) ? 1 : 0;
  };
  /** Processes that are no more. */
  const sweep = (host: Host, atMs: number): void => {
    if (atMs - host.sweptMs < CHUNK_MS) return;
    host.sweptMs = atMs;
    for (const [name, series] of host.series) if (endOf(series) < atMs - TWO_HOURS_MS) drop(host, name);
  };
  const finish = (supervisor: SupervisorName, { slot }: Host): void => {
    if (slot !== null && slot.sums.size > 0) onSlot(supervisor, figuresOf(slot));
  };

  const newest: Stats["newest"] = (supervisor, hostNowMs) => {
    const last = hosts.get(supervisor)?.last ?? null;
    if (last === null || hostNowMs - last.message.atMs > FRESH_MS) return nothing;
    return (process) => {
      const i = last.at(process);
      return i === undefined ? null : { atMs: last.message.atMs, ...sampleAt(last.message, i) };
    };
  };

  return {
    add(supervisor, heard) {
      const host = hostOf(supervisor);
      host.last = lastOf(heard, host.last);
      const { message } = host.last;
      const slot = Math.floor(message.atMs / SLOT_MS);
      if (host.slot?.slot !== slot) {
        finish(supervisor, host);
        host.slot = newSlotSum(slot);
      }
      addToSlot(host.slot, message);
      for (const [i, name] of message.names.entries()) {
        const series = seriesOf(host, name as Namespec);
        const fair = Math.floor(mostBytes / CHUNK_BYTES / seriesCount);
        addSample(pool, series, message.atMs, sampleAt(message, i), Math.min(MOST_CHUNKS, fair));
      }
      sweep(host, message.atMs);
    },
    latest: (supervisor, process, hostNowMs) => newest(supervisor, hostNowMs)(process),
    newest,
    recent(supervisor, process, fromMs, toMs) {
      const series = hosts.get(supervisor)?.series.get(process);
      if (series === undefined || (beginOf(pool, series) ?? Number.POSITIVE_INFINITY) > fromMs) return null;
      return pointsOf(pool, series, fromMs, toMs);
    },
    recentSinceMs(supervisor, process) {
      const series = hosts.get(supervisor)?.series.get(process);
      return series === undefined ? null : beginOf(pool, series);
    },
    unfinished(supervisor, process) {
      const slot = hosts.get(supervisor)?.slot ?? null;
      const sum = slot?.sums.get(process);
      if (slot === null || sum === undefined) return null;
      const figures = figuresOf({ slot: slot.slot, sums: new Map([[process, sum]]) }).figures.get(process);
      return figures === undefined ? null : { atMs: slot.slot * SLOT_MS, ...figures };
    },
    forget(supervisor) {
      const host = hosts.get(supervisor);
      if (host === undefined) return;
      finish(supervisor, host);
      for (const name of [...host.series.keys()]) drop(host, name);
      hosts.delete(supervisor);
    },
    size: () => ({ series: seriesCount, bytes: pool.size() * CHUNK_BYTES }),
    close() {
      for (const [supervisor, host] of hosts) {
        finish(supervisor, host);
        host.slot = null;
      }
    },
  };
}

const sampleAt = (message: Resources, i: number): Sample => ({
  cpu: message.cpu[i] ?? null,
  rssBytes: message.rssBytes[i] ?? null,
  processes: message.processes[i] ?? null,
  files: message.files[i] ?? null,
});
