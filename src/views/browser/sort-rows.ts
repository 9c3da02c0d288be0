import type { Look } from "../process-look.ts";
import { byName, compareBy, formatSort, parseSort, type Sort, type SortSubject } from "../process-sort.ts";
import { allRows, placeOf } from "./row-data.ts";
import { placeRows } from "./row-places.ts";

/** A row moves at most this often, and never under the pointer. */
const SETTLE_MS = 3_000;

function subjectOf(row: HTMLElement): SortSubject {
  const { supervisor, group, name } = placeOf(row);
  const since = row.querySelector<HTMLElement>(".age")?.dataset.since;
  return {
    ...{ supervisor, group, name },
    look: (row.dataset.look ?? "unknown") as Look,
    pid: Number(row.querySelector(".pid")?.textContent ?? 0),
    sinceMs: since === undefined ? null : Number(since),
  };
}

function inOrder(rows: readonly HTMLElement[], sort: Sort): HTMLElement[] {
  const compare = compareBy(sort);
  return rows
    .map((row) => ({ row, subject: subjectOf(row) }))
    .sort((a, b) => compare(a.subject, b.subject) || byName(a.subject, b.subject))
    .map(({ row }) => row);
}

export type RowOrder = {
  /** Something that the order may depend on has changed. */
  readonly disturb: (membership: boolean) => void;
};

/** The heads of the table put its rows in order, and the order is in the address. */
export function startSortRows(table: HTMLElement): RowOrder {
  let sort = parseSort(new URL(location.href).searchParams.get("sort") ?? "");
  let disturbed = false;

  const place = () => {
    disturbed = false;
    const rows = [...allRows()];
    const ordered = inOrder(rows, sort);
    if (ordered.some((row, i) => row !== rows[i])) placeRows(table, ordered);
  };
  const show = () => {
    for (const link of table.querySelectorAll<HTMLAnchorElement>("[data-sort]")) {
      const isIt = link.dataset.sort === sort.column;
      const head = link.closest("th");
      if (isIt) head?.setAttribute("aria-sort", sort.descending ? "descending" : "ascending");
      else head?.removeAttribute("aria-sort");
      const url = new URL(location.href);
      url.searchParams.set("sort", isIt && !sort.descending ? `-${link.dataset.sort}` : (link.dataset.sort ?? ""));
      link.href = url.href;
    }
  };
  table.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-sort]") : null;
    if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const column = link.dataset.sort ?? "name";
    sort = parseSort(sort.column === column && !sort.descending ? `-${column}` : column);
    const url = new URL(location.href);
    url.searchParams.set("sort", formatSort(sort));
    history.replaceState(history.state, "", url);
    place();
    show();
  });
  setInterval(() => {
    if (disturbed && !document.hidden && !table.matches(":hover") && !table.contains(document.activeElement)) place();
  }, SETTLE_MS);
  return {
    disturb(membership) {
      if (membership || sort.column === "state" || sort.column === "pid" || sort.column === "since") disturbed = true;
    },
  };
}
