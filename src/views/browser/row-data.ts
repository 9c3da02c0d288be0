import type { FilterSubject } from "../../domain/filter.ts";
import { parseUid } from "../../domain/names.ts";
import { isProcessStateName } from "../../domain/states.ts";
import { attentionId, rowId } from "../dom-id.ts";

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

/** Row, attention line and the head of its own page alike; by id, because thousands are asked for at a time. */
export const elementsOf = (uid: string): HTMLElement[] =>
  [rowId(uid), attentionId(uid), "process-head"].flatMap((id) => {
    const element = document.getElementById(id);
    return element?.dataset.uid === uid ? [element] : [];
  });
