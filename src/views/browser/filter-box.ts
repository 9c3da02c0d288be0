import { type Filter, matchesFilter, parseFilter } from "../../domain/filter.ts";
import { rowCountAttributes } from "../span.ts";
import { byId } from "./page.ts";
import { allRows, subjectOf } from "./row-data.ts";

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

/** @returns how many rows match */
function applyTo(filter: Filter): number {
  let matches = 0;
  for (const card of document.querySelectorAll<HTMLElement>("#cards .card")) {
    const rows = card.querySelectorAll<HTMLElement>(".row");
    let shown = 0;
    for (const row of rows) {
      const match = matchesFilter(filter, subjectOf(row));
      hide(row, !match);
      if (match) shown++;
    }
    showCard(card, shown, rows.length);
    matches += shown;
  }
  return matches;
}

/** By hiding, so that selection and focus of what is hidden stay. The text is in the url, to be shared. */
export function startFilterBox(onApplied: () => void): { readonly apply: () => void } {
  const input = byId<HTMLInputElement>("filter");
  const apply = () => {
    const filter = parseFilter(input.value);
    const total = allRows().length;
    const matches = applyTo(filter);
    byId("match-count").textContent = filter.length === 0 ? "" : `${matches} of ${total}`;
    byId("no-match").hidden = total === 0 || matches > 0;
    byId("no-match-text").textContent = input.value.slice(0, 100);
    onApplied();
  };
  const remember = () => {
    const url = new URL(location.href);
    if (input.value.trim() === "") url.searchParams.delete("filter");
    else url.searchParams.set("filter", input.value);
    history.replaceState(history.state, "", url);
  };
  const set = (text: string) => {
    input.value = text;
    remember();
    apply();
  };
  input.addEventListener("input", () => set(input.value));
  input.form?.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("keydown", (event) => onKey(event, input, set));
  document.addEventListener("click", (event) => onFilterLink(event, set));
  apply();
  return { apply };
}

function onKey(event: KeyboardEvent, input: HTMLInputElement, set: (text: string) => void): void {
  if (event.target === input && event.key === "Escape") {
    if (input.value === "") input.blur();
    else set("");
    event.preventDefault();
  }
  const typing =
    event.target instanceof Element && event.target.matches("input:not([type=checkbox]), textarea, select");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector("dialog[open]") !== null) return;
  event.preventDefault();
  input.focus();
  input.select();
}

function onFilterLink(event: MouseEvent, set: (text: string) => void): void {
  const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-filter]") : null;
  if (link === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  set(link.dataset.filter ?? "");
}
