import { isExactUid } from "../../domain/pattern.ts";
import { printable } from "../../lib/printable.ts";

/** In supervisorctl's words. */
export const unknownLine = (pattern: string): string =>
  printable(`${pattern}: ERROR (no such ${/:\*?$/.test(pattern) && !isExactUid(pattern) ? "group" : "process"})`);
