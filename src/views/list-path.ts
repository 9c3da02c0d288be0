import type { PageName } from "./page-name.ts";

/** Where a filter leads from this page: to the list that is looked at, or to all processes. */
export const listPath = (page: PageName): string => (page === "groups" ? "/" : "/processes");

/** Which lists filter on the spot. */
export const filtersHere = (page: PageName): boolean => page === "groups" || page === "processes";
