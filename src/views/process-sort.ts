import type { Look } from "./process-look.ts";

/** What a list of processes may be ordered by; the page's `?sort=`, with `-` in front for the other way round. */
export const SORT_COLUMNS = ["name", "group", "host", "state", "pid", "since", "cpu", "memory", "restarts"] as const;
export type SortColumn = (typeof SORT_COLUMNS)[number];
export type Sort = { readonly column: SortColumn; readonly descending: boolean };

/** What a row is ordered by; the server has it of the process, the browser reads it off the row. */
export type SortSubject = {
  readonly name: string;
  readonly group: string;
  readonly supervisor: string;
  readonly look: Look;
  readonly pid: number;
  /** epoch ms of the hub's clock; null: nobody knows */
  readonly sinceMs: number | null;
  readonly cpu: number | null;
  readonly rssKib: number | null;
  readonly restarts: number;
};

/** Trouble first. */
const RANK: Readonly<Record<Look, number>> = { bad: 0, backoff: 1, unknown: 2, moving: 3, stopped: 4, running: 5 };

/** "w2" before "w10"; one collator for all, making one costs more than using it. */
const natural = new Intl.Collator("en", { numeric: true });

type Named = Pick<SortSubject, "name" | "group" | "supervisor">;

export const byName = (a: Named, b: Named): number =>
  natural.compare(a.name, b.name) || natural.compare(a.supervisor, b.supervisor) || natural.compare(a.group, b.group);

const COMPARE: Readonly<Record<SortColumn, (a: SortSubject, b: SortSubject) => number>> = {
  name: byName,
  group: (a, b) => natural.compare(a.group, b.group),
  host: (a, b) => natural.compare(a.supervisor, b.supervisor),
  state: (a, b) => RANK[a.look] - RANK[b.look],
  pid: (a, b) => a.pid - b.pid,
  // the newest first: what just happened
  since: (a, b) => (b.sinceMs ?? 0) - (a.sinceMs ?? 0),
  // who uses most first
  cpu: (a, b) => (b.cpu ?? -1) - (a.cpu ?? -1),
  memory: (a, b) => (b.rssKib ?? -1) - (a.rssKib ?? -1),
  restarts: (a, b) => b.restarts - a.restarts,
};

/** For rows that are in the order of their names already: that is what decides between equals. */
export const compareBy = ({ column, descending }: Sort): ((a: SortSubject, b: SortSubject) => number) => {
  const compare = COMPARE[column];
  return descending ? (a, b) => compare(b, a) : compare;
};

export function parseSort(text: string): Sort {
  const descending = text.startsWith("-");
  const column = SORT_COLUMNS.find((known) => known === (descending ? text.slice(1) : text));
  return column === undefined ? { column: "name", descending: false } : { column, descending };
}

export const formatSort = ({ column, descending }: Sort): string => `${descending ? "-" : ""}${column}`;
