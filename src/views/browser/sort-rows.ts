import type { Look } from "../process-look.ts";
import { byName, compareBy, formatSort, parseSort, type Sort, type SortSubject } from "../process-sort.ts";
import { readFigures } from "../row-figures.ts";
import { breather, sortedCalmly } from "./breathe.ts";
import { allRows, placeOf } from "./row-data.ts";
import { placeRows } from "./row-places.ts";

/** A row moves at most this often, and never under the pointer. */
const SETTLE_MS = 3_000;

function subjectOf(row: HTMLElement): SortSubject {
  const { supervisor, group, name } = placeOf(row);
  const since = row.querySelector<HTMLElement>(".age")?.dataset.since;
  const { cpu, rssKib, restarts } = readFigures(row.dataset.f ?? "");
  return {
    ...{ supervisor, group, name, cpu, rssKib, restarts },
    look: (row.dataset.look ?? "unknown") as Look,
    pid: Number(row.querySelector(".pid")?.textContent ?? 0),
    sinceMs: since === undefined ? null : Number(since),
  };
}

async function inOrder(rows: readonly HTMLElement[], sort: Sort): Promise<HTMLElement[]> {
  const compare = compareBy(sort);
  const breathe = breather();
  const all: { row: HTMLElement; subject: SortSubject }[] = [];
  for (const row of rows) {
    all.push({ row, subject: subjectOf(row) });
    await breathe();
  }
  const sorted = await sortedCalmly(all, (a, b) => compare(a.subject, b.subject) || byName(a.subject, b.subject));
  return sorted.map(({ row }) => row);
}

export type RowOrder = {
  /** Something that the order may depend on has changed. */
  readonly disturb: (membership: boolean) => void;
  readonly disturbFigures: () => void;
  /** Rows are on their way: nothing may come or go. */
  readonly isBusy: () => boolean;
};

const CHANGING: readonly string[] = ["state", "pid", "since"];
const OF_FIGURES: readonly string[] = ["cpu", "memory", "restarts"];

/**
 * The heads of the table put its rows in order, and the order is in the address.
 * @param onPlaced rows are in other places now
 * @param ask has the server put them in order; false: all of them are here
 */
export function startSortRows(table: HTMLElement, onPlaced: () => void, ask: () => boolean): RowOrder {
  let sort = parseSort(new URL(location.href).searchParams.get("sort") ?? "");
  let disturbed = false;
  let [busy, wished] = [false, false];

  const place = async () => {
    disturbed = false;
    const rows = [...allRows()];
    const ordered = await inOrder(rows, sort);
    if (ordered.some((row, i) => row !== rows[i])) await placeRows(table, ordered);
  };
  /** One after the other; the last wish counts. */
  const placeCalmly = async () => {
    wished = true;
    if (busy) return;
    busy = true;
    try {
      while (wished) {
        wished = false;
        await place();
      }
    } finally {
      busy = false;
      onPlaced();
    }
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
    show();
    if (!ask()) void placeCalmly();
  });
  setInterval(() => {
    if (disturbed && !document.hidden && !table.matches(":hover") && !table.contains(document.activeElement))
      void placeCalmly();
  }, SETTLE_MS);
  return {
    disturbFigures() {
      if (OF_FIGURES.includes(sort.column)) disturbed = true;
    },
    isBusy: () => busy,
    disturb(membership) {
      if (membership || CHANGING.includes(sort.column)) disturbed = true;
    },
  };
}
