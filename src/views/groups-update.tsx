import { AttentionStrip } from "./attention-strip.tsx";
import { CountStrip } from "./count-strip.tsx";
import { cardHeadId, cardId, rowId } from "./dom-id.ts";
import { fleetAttention } from "./fleet-attention.ts";
import { fleetCounts } from "./fleet-counts.ts";
import type { ProcessGroup, Supervisors } from "./fleet-groups.ts";
import { GroupCard, GroupCardHead } from "./group-card.tsx";
import { GroupCards } from "./group-cards.tsx";
import { hxPartial } from "./hx-partial.ts";
import type { PlacedProcess } from "./process-look.ts";
import { ProcessRow } from "./process-row.tsx";

/** The pieces that an update of the groups page is made of. */
export const updateRow = (placed: PlacedProcess, nowMs: number): string =>
  hxPartial(rowId(placed.process.uid), "outerMorph", <ProcessRow placed={placed} nowMs={nowMs} />);

export const updateCardHead = (group: ProcessGroup): string =>
  hxPartial(cardHeadId(group.name), "outerMorph", <GroupCardHead group={group} />);

export const updateCard = (group: ProcessGroup, nowMs: number): string =>
  hxPartial(cardId(group.name), "outerMorph", <GroupCard group={group} nowMs={nowMs} />);

export const updateCards = (supervisors: Supervisors, nowMs: number): string =>
  hxPartial("cards", "innerMorph", <GroupCards supervisors={supervisors} nowMs={nowMs} />);

export const updateCounts = (supervisors: Supervisors, basePath: string): string =>
  hxPartial("counts", "outerMorph", <CountStrip counts={fleetCounts(supervisors)} basePath={basePath} />);

export const updateAttention = (supervisors: Supervisors, nowMs: number, basePath: string): string =>
  hxPartial(
    "attention",
    "outerMorph",
    <AttentionStrip items={fleetAttention(supervisors)} nowMs={nowMs} basePath={basePath} />,
  );
