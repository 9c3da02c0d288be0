import type { Supervisor } from "../domain/supervisor.ts";
import type { Supervisors } from "./fleet-groups.ts";
import type { TallyOf } from "./host-tally.ts";
import { isStale, lookOf, type PlacedProcess } from "./process-look.ts";
import { countsSince } from "./process-words.ts";

/** `ends`: unexpected ones within ten minutes */
type EndedProcess = { readonly placed: PlacedProcess; readonly ends: number };

export type AttentionItem =
  | { readonly kind: "host"; readonly supervisor: Supervisor }
  | ({ readonly kind: "process" } & EndedProcess);

/** So many unexpected ends within ten minutes are a crash loop. */
export const LOOP_ENDS = 3;

const natural = new Intl.Collator("en", { numeric: true });

/**
 * Hosts first, then what stays broken, the newest on top, then what still tries, by name: its times change with every
 * try, and lines must not change places under the eye.
 * @param ended all that ended unexpectedly within ten minutes
 */
export function fleetAttention(
  supervisors: Supervisors,
  tallyOf: TallyOf,
  ended: readonly EndedProcess[],
): AttentionItem[] {
  const hosts: AttentionItem[] = [];
  const endsOf = new Map(ended.map(({ placed, ends }) => [placed.process.uid, ends]));
  // One that ends again and again keeps its place, whatever state it is in right now, until it is given up.
  const looping = ended.filter(({ placed, ends }) => ends >= LOOP_ENDS && !isStale(placed.supervisor));
  const found = new Map(looping.map((one) => [one.placed.process.uid, one]));
  for (const supervisor of supervisors.values()) {
    if (supervisor.link.status === "down") hosts.push({ kind: "host", supervisor });
    for (const process of tallyOf(supervisor).troubled)
      found.set(process.uid, { placed: { process, supervisor }, ends: endsOf.get(process.uid) ?? 0 });
  }
  const ranked = [...found.values()].map((one) => ({ ...one, rank: rankOf(one) }));
  ranked.sort((a, b) => b.rank - a.rank || natural.compare(a.placed.process.uid, b.placed.process.uid));
  return [...hosts, ...ranked.map(({ placed, ends }) => ({ kind: "process", placed, ends }) as const)];
}

const rankOf = ({ placed, ends }: EndedProcess): number => {
  const isBroken = placed.process.state === "FATAL" || (lookOf(placed) === "bad" && ends < LOOP_ENDS);
  return isBroken ? (countsSince(placed) ?? 0) : -1;
};
