import type { CardRoom } from "./card-room.ts";
import { cardRow } from "./card-row.tsx";
import type { StripCode } from "./day-strip.ts";
import { cardHeadId, cardId, rowId } from "./dom-id.ts";
import type { ProcessGroup, Supervisors } from "./fleet-groups.ts";
import { GroupCard, GroupCardHead } from "./group-card.tsx";
import { GroupCards } from "./group-cards.tsx";
import { hxPartial } from "./hx-partial.ts";
import type { PlacedProcess } from "./process-look.ts";

type Shown = {
  readonly nowMs: number;
  readonly basePath: string;
  readonly stripOf: (placed: PlacedProcess) => StripCode;
};

/** The pieces that an update of the groups page is made of. */
export const updateRow = (placed: PlacedProcess, { nowMs, basePath, stripOf }: Shown): string =>
  hxPartial(
    rowId(placed.process.uid),
    "outerMorph",
    cardRow({ placed, nowMs, basePath, strip: stripOf(placed) }) as "safe",
  );

export const updateCardHead = (group: ProcessGroup, room: CardRoom, basePath: string): string =>
  hxPartial(cardHeadId(group.name), "outerMorph", <GroupCardHead group={group} room={room} basePath={basePath} />);

export const updateCard = (group: ProcessGroup, room: CardRoom, shown: Shown): string =>
  hxPartial(cardId(group.name), "outerMorph", <GroupCard group={group} room={room} {...shown} />);

export const updateCards = (supervisors: Supervisors, room: CardRoom, shown: Shown): string =>
  hxPartial("cards", "innerMorph", <GroupCards supervisors={supervisors} room={room} {...shown} />);
