import { messageOf } from "../../domain/errors.ts";
import { whereWords } from "../action-words.ts";
import { MOST_LOGS } from "../most-logs.ts";
import type { Action } from "../process-look.ts";
import { overlayTexts as texts } from "../texts/overlays.ts";
import { type AllMatches, matchesBeyondRows, matchingTargets } from "./all-matches.ts";
import { addNote } from "./notes.ts";
import { base, byId } from "./page.ts";
import { allRows, placeOf } from "./row-data.ts";
import { runAction } from "./run-action.ts";

/** By uid, not by element: rows that go with their host and come back are selected as before. */
const selected = new Set<string>();

/** First in the row, on cards and in the table: ten thousand searches are too many. */
const checkboxOf = (row: HTMLElement) => row.firstElementChild?.firstElementChild as HTMLInputElement | null;

/** meant instead of the rows, until something else is selected; null: the rows are */
let all: AllMatches | null = null;

/** whether any row looks selected */
let marked = true;

const isHidden = (row: HTMLElement): boolean => row.hasAttribute("data-c-hide");

export const selectedRows = (): HTMLElement[] =>
  selected.size === 0 ? [] : [...allRows()].filter((row) => selected.has(placeOf(row).uid));

/** Brings checkboxes and bar in line with what is selected; after an update, a filter or a click. */
export function showSelection(): void {
  if (selected.size === 0 && !marked) {
    showBar([]);
    return;
  }
  marked = selected.size > 0;
  for (const row of allRows()) {
    const box = checkboxOf(row);
    const is = selected.size > 0 && selected.has(placeOf(row).uid);
    if (box !== null && box.checked !== is) box.checked = is;
    if (row.hasAttribute("data-c-sel") !== is) row.toggleAttribute("data-c-sel", is);
  }
  for (const box of document.querySelectorAll<HTMLInputElement>("[data-pick-group], [data-pick-all]")) showHead(box);
  showBar(selectedRows());
}

/** The rows that a checkbox in a head stands for: those that one sees. */
const rowsUnder = (box: Element): HTMLElement[] =>
  [...(box.closest(".card, table")?.querySelectorAll<HTMLElement>(".row") ?? [])].filter((row) => !isHidden(row));

function showHead(box: HTMLInputElement): void {
  const rows = rowsUnder(box);
  const chosen = rows.filter((row) => row.hasAttribute("data-c-sel")).length;
  box.checked = rows.length > 0 && chosen === rows.length;
  box.indeterminate = chosen > 0 && chosen < rows.length;
}

function showBar(rows: readonly HTMLElement[]): void {
  byId("selection").hidden = rows.length === 0;
  if (rows.length === 0) return;
  const more = offered(rows.length);
  const offer = byId("selection-all");
  offer.hidden = more === null;
  offer.textContent = more === null ? "" : texts.selectAll(more.count);
  byId("selection-count").textContent = texts.selectedCount(all?.count ?? rows.length);
  byId("selection-where").textContent = all === null ? rowsWhere(rows) : texts.allSelected(all.filter);
}

const rowsWhere = (rows: readonly HTMLElement[]): string =>
  texts.selected(whereWords(rows.map((row) => placeOf(row).supervisor)), rows.filter(isHidden).length);

/** Who has selected all rows of a part may mean what is beyond it. */
function offered(rows: number): AllMatches | null {
  const head = document.querySelector<HTMLInputElement>("[data-pick-all]");
  return all === null && head?.checked ? matchesBeyondRows(rows) : null;
}

async function act(what: Action): Promise<void> {
  const uids = selectedRows().map((row) => placeOf(row).uid);
  if (all === null) return runAction(what, uids);
  try {
    await runAction(what, await matchingTargets(all, what), true);
  } catch (error) {
    addNote(messageOf(error), "bad");
  }
}

function pick(row: HTMLElement, is: boolean): void {
  all = null;
  const { uid } = placeOf(row);
  if (is) selected.add(uid);
  else selected.delete(uid);
}

/** From here to there, both included, as the eye sees them. */
function rowsBetween(from: HTMLElement, to: HTMLElement): HTMLElement[] {
  const seen = [...allRows()].filter((row) => !isHidden(row));
  const [a, b] = [seen.indexOf(from), seen.indexOf(to)];
  return a < 0 || b < 0 ? [to] : seen.slice(Math.min(a, b), Math.max(a, b) + 1);
}

let shift = false;
let last: HTMLElement | null = null;

function onChange({ target }: Event): void {
  if (!(target instanceof HTMLInputElement) || target.closest(".pick") === null) return;
  const row = target.closest<HTMLElement>(".row");
  const range = row !== null && shift && last?.isConnected ? rowsBetween(last, row) : row === null ? null : [row];
  for (const each of range ?? rowsUnder(target)) pick(each, target.checked);
  last = row;
  showSelection();
}

/** Several together, in a page of their own. */
export function openLogs(uids: readonly string[]): void {
  const query = new URLSearchParams(uids.slice(0, MOST_LOGS).map((uid) => ["uid", uid]));
  if (uids.length > MOST_LOGS) query.set("of", String(uids.length));
  location.assign(`${base()}/log?${query}`);
}

/** Selects or not; the keyboard's way. */
export function toggleRow(row: HTMLElement): void {
  pick(row, !selected.has(placeOf(row).uid));
  last = row;
  showSelection();
}

export function clearSelection(): boolean {
  if (selected.size === 0) return false;
  all = null;
  selected.clear();
  showSelection();
  return true;
}

export function startSelection(): void {
  const noteShift = (event: MouseEvent) => {
    shift = event.shiftKey;
  };
  document.addEventListener("click", noteShift, { capture: true });
  document.addEventListener("change", onChange);
  byId("selection").addEventListener("click", ({ target }) => {
    const what = target instanceof Element ? target.closest<HTMLElement>("[data-bulk]")?.dataset.bulk : undefined;
    if (what === "logs") openLogs(selectedRows().map((row) => placeOf(row).uid));
    else if (what === "clear") clearSelection();
    else if (what === "all") {
      all = matchesBeyondRows(selected.size);
      showSelection();
    } else if (what === "start" || what === "restart" || what === "stop") void act(what);
  });
  document.addEventListener("keydown", (event) => {
    const elsewhere = event.target instanceof Element && event.target.closest("dialog, [type=search]") !== null;
    if (event.key === "Escape" && !elsewhere) clearSelection();
  });
  showSelection();
}
