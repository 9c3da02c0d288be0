import type { Supervisor } from "../../domain/supervisor.ts";
import type { Supervisors } from "../../views/fleet-groups.ts";
import { countLooks, linkWords } from "../../views/supervisor-parts.tsx";
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
  link: (a, b) => LINK[a.link.status] - LINK[b.link.status] || natural.compare(linkWords(a), linkWords(b)),
  since: (a, b) => b.link.sinceMs - a.link.sinceMs,
  trouble: (a, b) => troubles(b) - troubles(a),
  kind: (a, b) => natural.compare(a.linkKind, b.linkKind),
  version: (a, b) => natural.compare(a.facts?.supervisorVersion ?? "", b.facts?.supervisorVersion ?? ""),
};

export function parseSupervisorSort(text: string): SupervisorSort {
  const descending = text.startsWith("-");
  const column = SUPERVISOR_COLUMNS.find((known) => known === (descending ? text.slice(1) : text));
  return column === undefined ? { column: "name", descending: false } : { column, descending };
}

export function supervisorOrder(supervisors: Supervisors, { column, descending }: SupervisorSort): Supervisor[] {
  const compare = COMPARE[column];
  return [...supervisors.values()].sort((a, b) => (descending ? compare(b, a) : compare(a, b)) || COMPARE.name(a, b));
}
