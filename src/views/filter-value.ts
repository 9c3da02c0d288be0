/** Filters have an end; of names that would fill one the middle is left open. */
const LONGEST_VALUE = 200;

/** As a filter finds it: what would be read as the language itself stands as "any character". */
export function filterValue(value: string): string {
  const half = LONGEST_VALUE / 2;
  const short = value.length <= LONGEST_VALUE ? value : `${value.slice(0, half)}*${value.slice(-half)}`;
  const safe = short.replaceAll(/["[]/g, "?");
  return /[\s,]/.test(safe) || safe === "" ? `"${safe}"` : safe;
}

/** Finds the group, and those whose names hold its name. */
export const groupFilter = (group: string): string => `group:${filterValue(group)}`;
