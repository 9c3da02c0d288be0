import { isExactUid } from "../../domain/pattern.ts";
import { printable } from "../../lib/printable.ts";
import type { HubData } from "../../protocol/hub.ts";
import { downLine, downSupervisors } from "../down-lines.ts";

/** `PLC:*` and `PLC:`: a whole group is meant. */
export const isGroupWord = (word: string): boolean => /:\*?$/.test(word) && !isExactUid(word);

/** In supervisorctl's words. */
export const unknownLine = (word: string): string =>
  printable(`${word}: ERROR (no such ${isGroupWord(word) ? "group" : "process"})`);

/** What nothing is known to bear may be on a supervisor that does not answer: lines that say which. */
export const silentLines = (data: HubData, words: readonly string[]): string[] =>
  words.length === 0 ? [] : downSupervisors(Object.values(data.supervisors), words).map(downLine);
