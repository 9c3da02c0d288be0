import { isExactUid } from "../../domain/pattern.ts";
import { printable } from "../../lib/printable.ts";
import type { HubData } from "../../protocol/hub.ts";
import { downLine, downSupervisors } from "../down-lines.ts";

/** In supervisorctl's words. */
export const unknownLine = (pattern: string): string =>
  printable(`${pattern}: ERROR (no such ${/:\*?$/.test(pattern) && !isExactUid(pattern) ? "group" : "process"})`);

/** What nothing is known to bear may be on a supervisor that does not answer: lines that say which. */
export const silentLines = (data: HubData, words: readonly string[]): string[] =>
  words.length === 0 ? [] : downSupervisors(Object.values(data.supervisors), words).map(downLine);
