import { completeRow } from "./figures.ts";
import { openPlaces } from "./row-places.ts";

const OURS = "data-c-";

/** Brings attributes in line; what the browser has put there stays. */
function patchAttributes(old: Element, fresh: Element): void {
  for (const { name } of [...old.attributes])
    if (!name.startsWith(OURS) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes)
    if (!name.startsWith(OURS) && old.getAttribute(name) !== value) old.setAttribute(name, value);
}

function keepOurs(old: Element, fresh: Element): void {
  for (const { name, value } of old.attributes) if (name.startsWith(OURS)) fresh.setAttribute(name, value);
}

/** A button that the hand or the keyboard is on stays where it is, as long as it is still offered. */
function patchCell(old: Element, fresh: Element): void {
  if (old.isEqualNode(fresh)) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const act = focused instanceof HTMLElement ? focused.dataset.act : undefined;
  const status = old.querySelector(".status");
  const freshStatus = fresh.querySelector(".status");
  if (status !== null && freshStatus !== null) keepOurs(status, freshStatus);
  old.replaceWith(fresh);
  if (focused === null) return;
  const next = fresh.querySelector<HTMLElement>(`[data-act="${act}"]`) ?? fresh.querySelector<HTMLElement>("button, a");
  next?.focus({ preventScroll: true });
}

function patchRow(old: HTMLElement, fresh: Element): void {
  completeRow(old);
  patchAttributes(old, fresh);
  const freshCells = [...fresh.children];
  // The checkbox is the browser's, and the strip is drawn here.
  for (const [i, cell] of [...old.children].entries()) {
    const next = freshCells[i];
    if (!cell.classList.contains("pick") && !cell.classList.contains("past") && next !== undefined)
      patchCell(cell, next);
  }
}

export type Patched = { readonly changed: readonly HTMLElement[]; readonly membership: boolean };

/**
 * Rows of a table as the server renders them: those that are there change in place, new ones come at the end, those
 * marked as gone go.
 * @param isWanted whether a row that is not there is to come
 */
export function patchRows(html: string, isWanted: (row: HTMLElement) => boolean = () => true): Patched {
  const template = document.createElement("template");
  template.innerHTML = html;
  const changed: HTMLElement[] = [];
  let membership = false;
  for (const fresh of [...template.content.children]) {
    const old = document.getElementById(fresh.id);
    if (fresh.hasAttribute("data-gone")) {
      membership ||= old !== null;
      old?.remove();
    } else if (old !== null) {
      patchRow(old, fresh);
      changed.push(old);
    } else if (fresh instanceof HTMLElement && isWanted(fresh)) {
      openPlaces().append(fresh);
      changed.push(fresh);
      membership = true;
    }
  }
  return { changed, membership };
}
