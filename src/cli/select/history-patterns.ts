import { MultivisorError } from "../../domain/errors.ts";
import { matchesGlob } from "../../lib/glob.ts";
import type { HubData } from "../../protocol/hub.ts";
import { isFilterWord } from "./filter-words.ts";
import { knownProcesses, namesSupervisor } from "./known-fleet.ts";
import { selectProcesses } from "./select-processes.ts";

/** One question to the history. */
export type HistoryPattern = {
  /** as it was written */
  readonly word: string;
  /** for `uid` of /api/history */
  readonly uid: string;
  /** nothing that is there now bears it: where the history has nothing of it either, it is a slip of the keyboard */
  readonly isUnknown: boolean;
};

/** The history is asked for one pattern at a time. */
const MOST_PROCESSES = 500;

/**
 * Uid patterns for /api/history, which knows processes that are no longer there too. Terms of the filter language speak of
 * how the processes are now.
 * @throws MultivisorError BAD_REQUEST where the terms fit too many
 */
export function historyPatterns(data: HubData, words: readonly string[]): HistoryPattern[] {
  const processes = knownProcesses(data);
  const supervisors = Object.keys(data.supervisors);
  const select = (some: readonly string[]) => selectProcesses(some, processes, supervisors);
  if (!words.some((word) => isFilterWord(word, processes)))
    return words.map((word) => ({
      ...{ word, uid: uidPattern(word, data, (glob) => processes.some(({ uid }) => matchesGlob(glob, uid))) },
      isUnknown: select([word]).processes.length === 0,
    }));
  const { processes: found, unmatched } = select(words);
  if (found.length > MOST_PROCESSES)
    throw new MultivisorError("BAD_REQUEST", `${words.join(" ")} fits ${found.length} processes: narrow it down`);
  return [
    ...found.map(({ uid }) => ({ word: uid, uid, isUnknown: false })),
    ...unmatched.map((word) => ({ word, uid: word, isUnknown: true })),
  ];
}

function uidPattern(word: string, data: HubData, fitsUid: (glob: string) => boolean): string {
  const text = word.endsWith(":") ? `${word}*` : word;
  if (text === "all") return "*";
  if (!text.includes(":")) return fitsUid(text) ? text : `*:${text}`;
  const isOfOne = Object.keys(data.supervisors).some((name) => namesSupervisor(text, name));
  return isOfOne || text.split(":").length !== 2 ? text : `*:${text}`;
}
