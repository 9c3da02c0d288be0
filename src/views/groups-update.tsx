import type { StripCode } from "./day-strip.ts";
import { cardHeadId, cardId, rowId } from "./dom-id.ts";
import type { ProcessGroup, Supervisors } from "./fleet-groups.ts";
import { GroupCard, GroupCardHead } from "./group-card.tsx";
import { GroupCards } from "./group-cards.tsx";
import { hxPartial } from "./hx-partial.ts";
import type { PlacedProcess } from "./process-look.ts";
import { ProcessRow } from "./process-row.tsx";

type StripOf = (placed: PlacedProcess) => StripCode;

const noStrip: StripOf = () => "";

/** The pieces that an update of the groups page is made of. */
export const updateRow = (placed: PlacedProcess, nowMs: number, basePath: string, stripOf: StripOf = noStrip): string =>
  hxPartial(
    rowId(placed.process.uid),
    "outerMorph",
    <ProcessRow placed={placed} nowMs={nowMs} basePath={basePath} strip={stripOf(placed)} />,
  );

export const updateCardHead = (group: ProcessGroup): string =>
  hxPartial(cardHeadId(group.name), "outerMorph", <GroupCardHead group={group} />);

export const updateCard = (group: ProcessGroup, nowMs: number, basePath: string, stripOf: StripOf = noStrip): string =>
  hxPartial(
    cardId(group.name),
    "outerMorph",
    <GroupCard group={group} nowMs={nowMs} basePath={basePath} stripOf={stripOf} />,
  );

export const updateCards = (
  supervisors: Supervisors,
  nowMs: number,
  basePath: string,
  stripOf: StripOf = noStrip,
): string =>
  hxPartial(
    "cards",
    "innerMorph",
    <GroupCards supervisors={supervisors} nowMs={nowMs} basePath={basePath} stripOf={stripOf} />,
  );
