import { isTrouble, type PlacedProcess } from "./process-look.ts";

/** Where those in trouble stand among rows. */
export function troubledAmong(rows: readonly PlacedProcess[]): number[] {
  const places: number[] = [];
  for (const [at, placed] of rows.entries()) if (isTrouble(placed)) places.push(at);
  return places;
}

/**
 * Which rows are shown of more than there is room for: all in trouble, as far as they go, and the first of the others. Each stays
 * where it stands in the order of the page, so that nothing moves when one fails.
 * @param troubled where those in trouble stand, in order
 */
export function firstRows(
  rows: readonly PlacedProcess[],
  room: number,
  troubled: readonly number[],
): readonly PlacedProcess[] {
  if (rows.length <= room) return rows;
  const places = new Set(troubled.slice(0, room));
  for (let at = 0; places.size < room; at++) places.add(at);
  return [...places].sort((a, b) => a - b).flatMap((at) => rows[at] ?? []);
}
