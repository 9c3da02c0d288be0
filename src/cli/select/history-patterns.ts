import type { HubData } from "../../protocol/hub.ts";
import { namesSupervisor } from "./known-fleet.ts";

/**
 * Uid patterns for /api/history, which knows processes that are no longer there too: so nothing is looked up but the
 * supervisors' names.
 */
export const historyPatterns = (data: HubData, words: readonly string[]): string[] =>
  words.map((word) => {
    const text = word.endsWith(":") ? `${word}*` : word;
    if (text === "all") return "*";
    if (!/[:*]/.test(text)) return `*:${text}`;
    const isOfOne = Object.keys(data.supervisors).some((name) => namesSupervisor(text, name));
    return isOfOne || text.split(":").length !== 2 ? text : `*:${text}`;
  });
