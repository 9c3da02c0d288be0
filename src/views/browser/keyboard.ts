import { isForPage } from "./keys.ts";
import { base, byId } from "./page.ts";
import { openPalette } from "./palette.ts";
import { allRows, placeOf } from "./row-data.ts";
import { runAction } from "./run-action.ts";
import { selectedRows, toggleRow } from "./selection.ts";

const PAGES: Readonly<Record<string, string>> = {
  ...{ g: "groups", s: "supervisors", p: "processes", h: "history", a: "audit" },
};
/** Where the bar leads; not everybody has every page. */
const pathTo = (page: string | undefined): string | undefined =>
  document.querySelector<HTMLAnchorElement>(`.nav .tab-${page}`)?.href;
/** After this `g` is a key of its own again. */
const SEQUENCE_MS = 1_500;

/** What `j` and `k` go through: the lines of the page, top to bottom, those that are shown. */
const stops = (): HTMLElement[] =>
  [
    ...document.querySelectorAll<HTMLElement>(":is(.row, .line, .host-row, .happened):not([data-c-hide]) a.name"),
  ].filter((link) => link.closest("[data-c-hide]") === null);

function move(by: 1 | -1): void {
  const all = stops();
  const at = all.findIndex((link) => link === document.activeElement || lineOf(link)?.contains(document.activeElement));
  const next = all[at < 0 ? (by === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by))];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: "nearest" });
}

const lineOf = (element: Element | null): HTMLElement | null =>
  element?.closest<HTMLElement>(".row, .line, .host-row, .happened") ?? null;

/** What needs attention stands above the list, too: the same process is meant. */
const shownRowOf = (uid: string | undefined): HTMLElement | undefined =>
  [...allRows()].find((row) => placeOf(row).uid === uid && !row.hasAttribute("data-c-hide"));

/** The line that has the focus, or the one process that the page is of. */
const current = (): HTMLElement | null =>
  document.activeElement?.closest<HTMLElement>("[data-uid]") ?? document.querySelector<HTMLElement>("#process-head");

function act(action: "restart" | "stop"): void {
  const rows = selectedRows();
  const uids = rows.length > 0 ? rows.map((row) => placeOf(row).uid) : [current()?.dataset.uid ?? ""];
  void runAction(
    action,
    uids.filter((uid) => uid !== ""),
    true,
  );
}

function openLog(): void {
  const uid = current()?.dataset.uid;
  if (uid !== undefined) location.assign(`${base()}/process/${encodeURIComponent(uid)}/log`);
}

const KEYS: Readonly<Record<string, () => void>> = {
  j: () => move(1),
  k: () => move(-1),
  x() {
    const line = lineOf(document.activeElement);
    const row = line?.classList.contains("row") ? line : shownRowOf(line?.dataset.uid);
    if (row) toggleRow(row);
  },
  r: () => act("restart"),
  s: () => act("stop"),
  l: openLog,
  "?": () => byId<HTMLDialogElement>("help").showModal(),
};

/** Letters go where the hands are; nothing that stops anything without a question. */
export function startKeyboard(): void {
  let wentAt = Number.NEGATIVE_INFINITY;
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      openPalette();
      return;
    }
    if (!isForPage(event)) return;
    const page = event.timeStamp - wentAt < SEQUENCE_MS ? pathTo(PAGES[event.key]) : undefined;
    wentAt = Number.NEGATIVE_INFINITY;
    if (page !== undefined) location.assign(page);
    else if (event.key === "g") wentAt = event.timeStamp;
    else if (Object.hasOwn(KEYS, event.key)) {
      event.preventDefault();
      KEYS[event.key]?.();
    }
  });
  byId("open-palette").addEventListener("click", openPalette);
  byId("open-help").addEventListener("click", () => byId<HTMLDialogElement>("help").showModal());
}
