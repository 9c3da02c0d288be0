import { isTrouble, type PlacedProcess } from "./process-look.ts";

/**
 * Which rows are shown of more than there is room for: all in trouble, as far as they go, and the first of the others. Each stays
 * where it stands in the order of the page, so that nothing moves when one fails.
 */
export function firstRows(rows: readonly PlacedProcess[], room: number): readonly PlacedProcess[] {
  if (rows.length <= room) return rows;
  const troubled = new Set(rows.filter(isTrouble).slice(0, room));
  let left = room - troubled.size;
  return rows.filter((placed) => troubled.has(placed) || left-- > 0);
}
