import type { Supervisor } from "../../domain/supervisor.ts";
import type { Supervisors } from "../../views/fleet-groups.ts";
import { countLooks, reachedBy } from "../../views/supervisor-parts.tsx";
import type { SupervisorSums } from "../../views/supervisor-sums.ts";
import { SUPERVISOR_COLUMNS, type SupervisorColumn } from "../../views/supervisors-page.tsx";

export type SupervisorSort = { readonly column: SupervisorColumn; readonly descending: boolean };

const natural = new Intl.Collator("en", { numeric: true });
const LINK = { down: 0, connecting: 1, live: 2 } as const;
const troubles = (supervisor: Supervisor): number => {
  const { bad, backoff, unknown } = countLooks(supervisor);
  return bad * 1e6 + backoff * 1e3 + unknown;
};

const COMPARE: Readonly<Record<SupervisorColumn, (a: Supervisor, b: Supervisor) => number>> = {
  name: (a, b) => natural.compare(a.name, b.name),
  link: (a, b) => LINK[a.link.status] - LINK[b.link.status] || natural.compare(reachedBy(a), reachedBy(b)),
  since: (a, b) => b.link.sinceMs - a.link.sinceMs,
  trouble: (a, b) => troubles(b) - troubles(a),
  cpu: () => 0,
  memory: () => 0,
  restarts: () => 0,
  pid: (a, b) => (a.facts?.pid ?? 0) - (b.facts?.pid ?? 0),
  skew: (a, b) => Math.abs(b.clockOffsetMs ?? 0) - Math.abs(a.clockOffsetMs ?? 0),
  version: (a, b) => natural.compare(a.facts?.supervisorVersion ?? "", b.facts?.supervisorVersion ?? ""),
};

export function parseSupervisorSort(text: string): SupervisorSort {
  const descending = text.startsWith("-");
  const column = SUPERVISOR_COLUMNS.find((known) => known === (descending ? text.slice(1) : text));
  return column === undefined ? { column: "name", descending: false } : { column, descending };
}

/** By what is used or counted, the most first. */
const BY_SUMS: Partial<Record<SupervisorColumn, (sums: SupervisorSums) => number>> = {
  cpu: ({ cpu }) => cpu ?? -1,
  memory: ({ rssKib }) => rssKib ?? -1,
  restarts: ({ restarts }) => restarts,
};

function comparing(column: SupervisorColumn, supervisors: Supervisors, sumsOf: (one: Supervisor) => SupervisorSums) {
  const value = BY_SUMS[column];
  if (value === undefined) return COMPARE[column];
  const values = new Map([...supervisors.values()].map((one) => [one.name, value(sumsOf(one))] as const));
  return (a: Supervisor, b: Supervisor) => (values.get(b.name) ?? 0) - (values.get(a.name) ?? 0);
}

export function supervisorOrder(
  supervisors: Supervisors,
  { column, descending }: SupervisorSort,
  sumsOf: (one: Supervisor) => SupervisorSums,
): Supervisor[] {
  const compare = comparing(column, supervisors, sumsOf);
  return [...supervisors.values()].sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || COMPARE.name(a, b));
}
