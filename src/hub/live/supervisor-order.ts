import type { Supervisor } from "../../domain/supervisor.ts";
import type { Supervisors } from "../../views/fleet-groups.ts";
import type { HostTally } from "../../views/host-tally.ts";
import { reachedBy } from "../../views/supervisor-parts.tsx";
import { SUPERVISOR_COLUMNS, type SupervisorColumn, type Summed } from "../../views/supervisors-page.tsx";

export type SupervisorSort = { readonly column: SupervisorColumn; readonly descending: boolean };

/** What is used or counted. */
type SummedColumn = "trouble" | "cpu" | "memory" | "restarts";

const natural = new Intl.Collator("en", { numeric: true });
const LINK = { down: 0, connecting: 1, live: 2 } as const;
const troubles = ({ byLook: { bad, backoff, unknown } }: HostTally): number => bad * 1e6 + backoff * 1e3 + unknown;

type Compare = (a: Supervisor, b: Supervisor) => number;

const COMPARE: Readonly<Record<Exclude<SupervisorColumn, SummedColumn>, Compare>> = {
  name: (a, b) => natural.compare(a.name, b.name),
  link: (a, b) => LINK[a.link.status] - LINK[b.link.status] || natural.compare(reachedBy(a), reachedBy(b)),
  since: (a, b) => b.link.sinceMs - a.link.sinceMs,
  pid: (a, b) => (a.facts?.pid ?? 0) - (b.facts?.pid ?? 0),
  skew: (a, b) => Math.abs(b.clockOffsetMs ?? 0) - Math.abs(a.clockOffsetMs ?? 0),
  version: (a, b) => natural.compare(a.facts?.supervisorVersion ?? "", b.facts?.supervisorVersion ?? ""),
};

export function parseSupervisorSort(text: string): SupervisorSort {
  const descending = text.startsWith("-");
  const column = SUPERVISOR_COLUMNS.find((known) => known === (descending ? text.slice(1) : text));
  return column === undefined ? { column: "name", descending: false } : { column, descending };
}

/** The most first. */
const BY_SUM: Readonly<Record<SummedColumn, (one: Supervisor, summed: Summed) => number>> = {
  trouble: (one, { tallyOf }) => troubles(tallyOf(one)),
  cpu: (one, { sumsOf }) => sumsOf(one).cpu ?? -1,
  memory: (one, { sumsOf }) => sumsOf(one).rssKib ?? -1,
  restarts: (one, { sumsOf }) => sumsOf(one).restarts,
};

const isSummed = (column: SupervisorColumn): column is SummedColumn => column in BY_SUM;

function comparing(column: SupervisorColumn, supervisors: Supervisors, summed: Summed): Compare {
  if (!isSummed(column)) return COMPARE[column];
  const values = new Map([...supervisors.values()].map((one) => [one.name, BY_SUM[column](one, summed)] as const));
  return (a, b) => (values.get(b.name) ?? 0) - (values.get(a.name) ?? 0);
}

export function supervisorOrder(
  supervisors: Supervisors,
  { column, descending }: SupervisorSort,
  summed: Summed,
): Supervisor[] {
  const compare = comparing(column, supervisors, summed);
  return [...supervisors.values()].sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || COMPARE.name(a, b));
}
