import type { PageName } from "./page-name.ts";

/** Where a filter for processes leads from this page: to the list that is looked at, or to all processes. */
export const listPath = (page: PageName): string => (page === "groups" ? "/" : "/processes");

/** Which lists filter processes on the spot. */
export const filtersHere = (page: PageName): boolean => page === "groups" || page === "processes";

/** Where what stands in the box leads: supervisors are filtered on their own list. */
export const boxPath = (page: PageName): string => (page === "supervisors" ? "/supervisors" : listPath(page));
