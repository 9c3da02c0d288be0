import { matchesFilter, parseFilter } from "../../domain/filter.ts";
import { rowCountAttributes } from "../span.ts";
import { filterTexts } from "../texts/overlays.ts";
import { byId } from "./page.ts";
import { type FilteredRows, PROCESS_ROWS } from "./row-data.ts";
import { sizeChunk } from "./row-places.ts";

const COUNT_NAMES = Object.keys(rowCountAttributes("data-c-n", 0));

function hide(element: HTMLElement, hidden: boolean): void {
  if (element.hasAttribute("data-c-hide") !== hidden) element.toggleAttribute("data-c-hide", hidden);
}

function showCard(card: HTMLElement, shown: number, all: number): void {
  hide(card, shown === 0 && all > 0);
  if (shown === all) for (const name of COUNT_NAMES) card.removeAttribute(name);
  else
    for (const [name, digit] of Object.entries(rowCountAttributes("data-c-n", shown))) card.setAttribute(name, digit);
}

/** Card or chunk: as high as the rows it shows. */
function fit(box: HTMLElement): void {
  if (box.matches(".chunk")) {
    sizeChunk(box);
    return;
  }
  const rows = box.querySelectorAll(".row").length;
  showCard(box, box.querySelectorAll(".row:not([data-c-hide])").length, rows);
}

export type FilterBox = {
  readonly apply: () => void;
  /** Only these rows have changed. */
  readonly applyTo: (rows: readonly HTMLElement[]) => void;
};

type Count = { readonly matches: number; readonly total: number };

/** Of a very large fleet the server counts, and the page holds a part of what it found. */
function serverCount(): Count | null {
  const { part, total } = document.getElementById("rows")?.dataset ?? {};
  return part === undefined ? null : { matches: Number(part), total: Number(total) };
}

function countHere(rows: HTMLCollectionOf<HTMLElement>, isFiltered: boolean): Count {
  if (!isFiltered) return { matches: rows.length, total: rows.length };
  let matches = 0;
  for (const row of rows) if (!row.hasAttribute("data-c-hide")) matches++;
  return { matches, total: rows.length };
}

/**
 * By hiding, so that selection and focus of what is hidden stay. The text is in the url, to be shared.
 * @param onText it is another one now, and in the url
 */
export function startFilterBox(
  onApplied: () => void,
  onText: () => void = () => {},
  { all, subjectOf }: FilteredRows = PROCESS_ROWS,
): FilterBox {
  const input = byId<HTMLInputElement>("filter");
  let filter = parseFilter(input.value);
  const hideRows = (rows: Iterable<HTMLElement>) => {
    for (const row of rows) hide(row, filter.length > 0 && !matchesFilter(filter, subjectOf(row)));
  };
  const showCount = () => {
    const { matches, total } = serverCount() ?? countHere(all(), filter.length > 0);
    byId("match-count").textContent = filter.length === 0 ? "" : filterTexts.matches(matches, total);
    byId("no-match").hidden = total === 0 || matches > 0;
    byId("no-match-text").textContent = input.value.slice(0, 100);
  };
  const apply = () => {
    filter = parseFilter(input.value);
    hideRows(all());
    for (const box of document.querySelectorAll<HTMLElement>(".card, .chunk")) fit(box);
    showCount();
    onApplied();
  };
  const applyTo = (rows: readonly HTMLElement[]) => {
    if (filter.length > 0) hideRows(rows);
    for (const box of new Set(rows.map((row) => row.closest<HTMLElement>(".card, .chunk")))) if (box !== null) fit(box);
    if (filter.length > 0) showCount();
  };
  const set = (text: string) => {
    input.value = text;
    remember(text);
    apply();
    onText();
  };
  input.addEventListener("input", () => set(input.value));
  input.form?.addEventListener("submit", (event) => event.preventDefault());
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (input.value === "") input.blur();
    else set("");
  });
  document.addEventListener("click", (event) => onFilterLink(event, set));
  apply();
  return { apply, applyTo };
}

function remember(text: string): void {
  const url = new URL(location.href);
  if (text.trim() === "") url.searchParams.delete("filter");
  else url.searchParams.set("filter", text);
  history.replaceState(history.state, "", url);
}

function onFilterLink(event: MouseEvent, set: (text: string) => void): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-filter]") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  set(link.dataset.filter ?? "");
}
