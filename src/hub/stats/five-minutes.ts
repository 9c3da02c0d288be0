import type { Namespec } from "../../domain/names.ts";
import type { Resources } from "../../protocol/agent.ts";

export const SLOT_MS = 300_000;

/** What one process and its children used in five minutes. */
export type SlotFigures = {
  /** looks that went into it */
  readonly samples: number;
  /** percent of one core; null: not known */
  readonly cpuMean: number | null;
  readonly cpuMax: number | null;
  readonly rssMean: number;
  readonly rssMax: number;
  readonly processesMax: number;
  readonly filesMax: number | null;
};

/** Of one supervisor; `slot` is epoch ms of the host's clock / SLOT_MS. */
export type Slot = { readonly slot: number; readonly figures: ReadonlyMap<Namespec, SlotFigures> };

type Sum = {
  samples: number;
  cpuSamples: number;
  cpu: number;
  cpuMax: number | null;
  rss: number;
  rssMax: number;
  processesMax: number;
  filesMax: number | null;
};

const greater = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

export type SlotSum = { readonly slot: number; readonly sums: Map<Namespec, Sum> };
export const newSlotSum = (slot: number): SlotSum => ({ slot, sums: new Map() });

export function addToSlot({ sums }: SlotSum, message: Resources): void {
  for (const [i, name] of message.names.entries()) {
    const sum = sums.get(name as Namespec) ?? emptySum();
    sums.set(name as Namespec, sum);
    const cpu = message.cpu[i] ?? null;
    const rss = message.rssBytes[i] ?? 0;
    sum.samples += 1;
    if (cpu !== null) sum.cpuSamples += 1;
    sum.cpu += cpu ?? 0;
    sum.cpuMax = greater(sum.cpuMax, cpu);
    sum.rss += rss;
    sum.rssMax = Math.max(sum.rssMax, rss);
    sum.processesMax = Math.max(sum.processesMax, message.processes[i] ?? 0);
    sum.filesMax = greater(sum.filesMax, message.files[i] ?? null);
  }
}

const emptySum = (): Sum => ({
  ...{ samples: 0, cpuSamples: 0, cpu: 0, cpuMax: null, rss: 0, rssMax: 0, processesMax: 0, filesMax: null },
});

export const figuresOf = ({ slot, sums }: SlotSum): Slot => ({
  slot,
  figures: new Map(
    [...sums].map(([name, { samples, cpuSamples, cpu, cpuMax, rss, rssMax, processesMax, filesMax }]) => [
      name,
      {
        ...{ samples, cpuMax, rssMax, processesMax, filesMax },
        cpuMean: cpuSamples === 0 ? null : cpu / cpuSamples,
        rssMean: rss / samples,
      },
    ]),
  ),
});

/** Two parts of one slot: the hub was started anew in the middle of it. */
export function joinFigures(a: SlotFigures, b: SlotFigures): SlotFigures {
  const samples = a.samples + b.samples;
  const mean = (x: number, y: number) => (x * a.samples + y * b.samples) / samples;
  return {
    samples,
    cpuMean: a.cpuMean === null || b.cpuMean === null ? (a.cpuMean ?? b.cpuMean) : mean(a.cpuMean, b.cpuMean),
    cpuMax: greater(a.cpuMax, b.cpuMax),
    rssMean: mean(a.rssMean, b.rssMean),
    rssMax: Math.max(a.rssMax, b.rssMax),
    processesMax: Math.max(a.processesMax, b.processesMax),
    filesMax: greater(a.filesMax, b.filesMax),
  };
}
