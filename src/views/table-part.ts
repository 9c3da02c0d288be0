import { type Filter, matchesFilter } from "../domain/filter.ts";
import { firstRows, troubledAmong } from "./first-rows.ts";
import { filterSubject, type PlacedProcess } from "./process-look.ts";

/** What a browser lays out without a wait. */
const MOST_ROWS = 12_000;

/** Which processes of the fleet are rows of the table. */
export type TablePart = {
  readonly rows: readonly PlacedProcess[];
  /** of all processes, whether they are rows or not */
  readonly matches: number;
  readonly total: number;
  /** by the filter, which the browser may take away again: only where all of the fleet are rows */
  readonly isHidden: (placed: PlacedProcess) => boolean;
};

const none = () => false;

export const isWhole = ({ rows, total }: TablePart): boolean => rows.length === total;

/**
 * All of a fleet, so that the browser filters by itself. Of a very large one those that match, and of too many of them
 * those in trouble and the first in the order.
 * @param rows in the order of the page
 */
export function tablePart(rows: readonly PlacedProcess[], filter: Filter): TablePart {
  const total = rows.length;
  const matching = filter.length === 0 ? rows : rows.filter((placed) => matchesFilter(filter, filterSubject(placed)));
  const matches = matching.length;
  if (total <= MOST_ROWS) {
    const shown = new Set(matching);
    return { rows, matches, total, isHidden: matches === total ? none : (placed) => !shown.has(placed) };
  }
  return { rows: firstRows(matching, MOST_ROWS, troubledAmong(matching)), matches, total, isHidden: none };
}
