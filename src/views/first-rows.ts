import { isTrouble, type PlacedProcess } from "./process-look.ts";

/**
 * Which rows are shown of more than there is room for: all in trouble, as far as they go, and the first of the others. Each stays
 * where it stands in the order of the page, so that nothing moves when one fails.
 */
export function firstRows(rows: readonly PlacedProcess[], room: number): readonly PlacedProcess[] {
  if (rows.length <= room) return rows;
  let others = room - countTroubled(rows, room);
  const first: PlacedProcess[] = [];
  for (const placed of rows) {
    if (first.length === room) break;
    if (isTrouble(placed) || others-- > 0) first.push(placed);
  }
  return first;
}

function countTroubled(rows: readonly PlacedProcess[], most: number): number {
  let n = 0;
  for (const placed of rows) if (isTrouble(placed) && ++n === most) break;
  return n;
}
