import { AttentionStrip } from "./attention-strip.tsx";
import { CountStrip } from "./count-strip.tsx";
import type { AttentionItem } from "./fleet-attention.ts";
import type { FleetCounts } from "./fleet-counts.ts";
import { hxPartial } from "./hx-partial.ts";
import type { PageName } from "./page-name.ts";

/** What changes around every page. */
export const updateCounts = (counts: FleetCounts, basePath: string, page: PageName): string =>
  hxPartial("counts", "outerMorph", <CountStrip counts={counts} basePath={basePath} page={page} />);

export const updateAttention = (
  items: readonly AttentionItem[],
  nowMs: number,
  basePath: string,
  page: PageName,
): string =>
  hxPartial("attention", "outerMorph", <AttentionStrip items={items} nowMs={nowMs} basePath={basePath} page={page} />);
