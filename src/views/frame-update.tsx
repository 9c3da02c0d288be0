import { AttentionStrip } from "./attention-strip.tsx";
import { CountStrip } from "./count-strip.tsx";
import { fleetAttention } from "./fleet-attention.ts";
import { fleetCounts } from "./fleet-counts.ts";
import type { Supervisors } from "./fleet-groups.ts";
import { hxPartial } from "./hx-partial.ts";
import type { PageName } from "./page-name.ts";
import type { PlacedProcess } from "./process-look.ts";

/** What changes around every page. */
export const updateCounts = (supervisors: Supervisors, basePath: string, page: PageName): string =>
  hxPartial("counts", "outerMorph", <CountStrip counts={fleetCounts(supervisors)} basePath={basePath} page={page} />);

export const updateAttention = (
  supervisors: Supervisors,
  nowMs: number,
  basePath: string,
  page: PageName,
  endsOf: (placed: PlacedProcess) => number,
): string =>
  hxPartial(
    "attention",
    "outerMorph",
    <AttentionStrip items={fleetAttention(supervisors, endsOf)} nowMs={nowMs} basePath={basePath} page={page} />,
  );
