import { type Namespec, nameOf } from "../../domain/names.ts";
import { SLOT_MS, type Slot, type SlotFigures } from "../../hub/stats/five-minutes.ts";
import type { Random } from "../random.ts";
import { between } from "./chance.ts";
import type { Run } from "./host-past.ts";

const SAMPLES = 60;
const DAY_MS = 86_400_000;
/** What leaks, doubles in this time. */
const LEAK_MS = 12 * DAY_MS;

/** What the processes of a host used, slot by slot: by day more than by night, and memory that grows from each start on. */
export function* resourcesPast(
  runs: readonly Run[],
  span: { readonly fromMs: number; readonly toMs: number },
  random: Random,
): Generator<Slot> {
  const waiting = runs.toSorted((a, b) => b.fromMs - a.fromMs); // the next one at the end
  let going: Run[] = [];
  for (let slot = Math.ceil(span.fromMs / SLOT_MS); (slot + 1) * SLOT_MS <= span.toMs; slot++) {
    const [beginMs, endMs] = [slot * SLOT_MS, (slot + 1) * SLOT_MS];
    for (let next = waiting.at(-1); next !== undefined && next.fromMs < endMs; next = waiting.at(-1)) {
      going.push(next);
      waiting.pop();
    }
    going = going.filter(({ toMs }) => toMs > beginMs);
    const figures = new Map(
      going.map((run): [Namespec, SlotFigures] => [nameOf(run.process), used(run, endMs, random)]),
    );
    if (figures.size > 0) yield { slot, figures };
  }
}

function used({ process, fromMs }: Run, atMs: number, random: Random): SlotFigures {
  const daytime = 1 + 0.6 * Math.sin(((atMs % DAY_MS) / DAY_MS - 0.35) * 2 * Math.PI);
  const cpuMean = process.cpu * daytime * between(random, 0.7, 1.3);
  const rssMean = process.rssBytes * (1 + Math.max(0, atMs - fromMs) / LEAK_MS) * between(random, 0.98, 1.02);
  return {
    ...{ samples: SAMPLES, cpuMean, cpuMax: cpuMean * between(random, 1.2, 3) },
    ...{ rssMean, rssMax: rssMean * between(random, 1, 1.06), processesMax: 2, filesMax: 7 },
  };
}
