import { whereWords } from "./action-words.ts";
import { byId } from "./page.ts";
import { allRows, placeOf } from "./row-data.ts";
import { runAction } from "./run-action.ts";

/** By uid, not by element: rows that go with their host and come back are selected as before. */
const selected = new Set<string>();

const checkboxOf = (row: HTMLElement) => row.querySelector<HTMLInputElement>(".pick input");

const selectedRows = (): HTMLElement[] => [...allRows()].filter((row) => selected.has(placeOf(row).uid));

/** Brings checkboxes and bar in line with what is selected; after an update, a filter or a click. */
export function showSelection(): void {
  for (const row of allRows()) {
    const box = checkboxOf(row);
    const is = selected.has(placeOf(row).uid);
    if (box !== null && box.checked !== is) box.checked = is;
    if (row.hasAttribute("data-c-sel") !== is) row.toggleAttribute("data-c-sel", is);
  }
  for (const card of document.querySelectorAll<HTMLElement>("#cards .card")) showGroup(card);
  showBar(selectedRows());
}

function showGroup(card: HTMLElement): void {
  const box = card.querySelector<HTMLInputElement>("[data-pick-group]");
  if (box === null) return;
  const rows = card.querySelectorAll(".row:not([data-c-hide])").length;
  const chosen = card.querySelectorAll(".row[data-c-sel]:not([data-c-hide])").length;
  box.checked = rows > 0 && chosen === rows;
  box.indeterminate = chosen > 0 && chosen < rows;
}

function showBar(rows: readonly HTMLElement[]): void {
  const hidden = rows.filter((row) => row.hasAttribute("data-c-hide")).length;
  byId("selection").hidden = rows.length === 0;
  if (rows.length === 0) return;
  byId("selection-count").textContent = `${rows.length} selected`;
  const where = whereWords(rows.map((row) => placeOf(row).supervisor));
  byId("selection-where").textContent = hidden > 0 ? `${where}, ${hidden} hidden by the filter` : where;
}

function pick(row: HTMLElement, is: boolean): void {
  const { uid } = placeOf(row);
  if (is) selected.add(uid);
  else selected.delete(uid);
}

function onChange({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || target.closest(".pick") === null) return;
  const row = target.closest<HTMLElement>(".row");
  const rows = row === null ? target.closest(".card")?.querySelectorAll<HTMLElement>(".row:not([data-c-hide])") : [row];
  for (const each of rows ?? []) pick(each, target.checked);
  showSelection();
}

export function startSelection(): void {
  document.addEventListener("change", onChange);
  byId("selection").addEventListener("click", ({ target }) => {
    const what = target instanceof Element ? target.closest<HTMLElement>("[data-bulk]")?.dataset.bulk : undefined;
    if (what === "clear") {
      selected.clear();
      showSelection();
    } else if (what === "start" || what === "restart" || what === "stop")
      void runAction(
        what,
        selectedRows().map((row) => placeOf(row).uid),
      );
  });
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target instanceof Element && event.target.closest("dialog, [type=search]") !== null;
    if (event.key !== "Escape" || elsewhere || selected.size === 0) return;
    selected.clear();
    showSelection();
  });
  showSelection();
}
