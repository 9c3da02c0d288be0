import type { TestHub } from "./hub.ts";

/** One item of /api/history. */
export type HistoryItem = {
  id: number;
  kind: "transition" | "gap";
  uid: string | null;
  supervisor: string;
  group: string;
  name: string;
  from_state: string | null;
  to_state: string;
  at: number;
  from?: number;
  expected: boolean | null;
  pid: number | null;
  spawnerr: string | null;
  sampled?: boolean;
  reason?: string;
  lost?: number | null;
};
type Page = { items: HistoryItem[]; next: string | null };

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
    const page: Page = await hub.json<Page>(`/api/history?${params}`);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return items.reverse();
}
