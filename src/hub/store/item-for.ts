import type { HistoryItem } from "../../protocol/hub.ts";
import type { HistoryQuery } from "./history-query.ts";

/**
 * What was asked of a whole supervisord, and what became of it, names groups. Who sees a part of what runs there reads of it
 * without these words, and does not find it by them.
 */
export function itemFor(item: HistoryItem, { access = null, text }: HistoryQuery): HistoryItem | null {
  if (item.kind !== "command" || item.uid !== null || access === null) return item;
  if (access.ownsSupervisor(item.supervisor)) return item;
  if (text !== null) return null;
  const { detail, message, ...rest } = item;
  return rest;
}
