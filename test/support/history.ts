import type { HistoryItem, HistoryPage } from "../../src/protocol/hub.ts";
import type { TestHub } from "./hub.ts";

export type { HistoryItem };

/** All of it, over as many pages as there are, oldest first. */
export async function fetchHistory(
  hub: TestHub,
  query: Record<string, string> = {},
  pageSize = 200,
): Promise<HistoryItem[]> {
  const items: HistoryItem[] = [];
  let cursor: string | null = null;
  do {
    const params = new URLSearchParams({ ...query, limit: String(pageSize), ...(cursor === null ? {} : { cursor }) });
    const page: HistoryPage = await hub.json<HistoryPage>(`/api/history?${params}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items.reverse();
}
