import type { FilterSubject } from "../../domain/filter.ts";
import { parseUid } from "../../domain/names.ts";
import { isProcessStateName } from "../../domain/states.ts";

type Place = { readonly uid: string; readonly supervisor: string; readonly group: string; readonly name: string };

const places = new WeakMap<Element, Place>();

/** A row never becomes another process, so its uid is read once. */
export function placeOf(row: HTMLElement): Place {
  const known = places.get(row);
  if (known !== undefined) return known;
  const uid = row.dataset.uid ?? "";
  const place = { uid, ...(parseUid(uid) ?? { supervisor: "", group: "", name: uid }) };
  places.set(row, place);
  return place;
}

export function subjectOf(row: HTMLElement): FilterSubject {
  const state = row.dataset.state ?? "";
  return {
    ...placeOf(row),
    state: isProcessStateName(state) ? state : "UNKNOWN",
    trouble: row.dataset.trouble !== undefined,
  };
}

/** Live: rows that come are in it. */
export const allRows = (): HTMLCollectionOf<HTMLElement> =>
  document.getElementsByClassName("row") as HTMLCollectionOf<HTMLElement>;

/** What a filter is applied to. */
export type FilteredRows = {
  readonly all: () => HTMLCollectionOf<HTMLElement>;
  readonly subjectOf: (row: HTMLElement) => FilterSubject;
};

export const PROCESS_ROWS: FilteredRows = { all: allRows, subjectOf };

/** Row and attention line alike. */
export const elementsOf = (uid: string): NodeListOf<HTMLElement> =>
  document.querySelectorAll<HTMLElement>(`[data-uid="${CSS.escape(uid)}"]`);
