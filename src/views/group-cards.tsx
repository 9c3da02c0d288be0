import { type CardRoom, isWhole } from "./card-room.ts";
import type { StripCode } from "./day-strip.ts";
import { EmptyState } from "./empty-state.tsx";
import type { Supervisors } from "./fleet-groups.ts";
import { GroupCard } from "./group-card.tsx";
import type { PlacedProcess } from "./process-look.ts";
import { fleetTexts } from "./texts/fleet.ts";

type Props = {
  readonly supervisors: Supervisors;
  readonly room: CardRoom;
  readonly nowMs: number;
  readonly basePath: string;
  readonly isShown?: (placed: PlacedProcess) => boolean;
  readonly stripOf?: (placed: PlacedProcess) => StripCode;
};

/** The browser's script sees by it that its filter would not find all. */
const Part = ({ left, basePath }: { left: number; basePath: string }) => (
  <p class="part" data-part="">
    <span safe>{fleetTexts.partOfCards(left)}</span> <a href={`${basePath}/processes`}>{fleetTexts.allProcesses}</a>
  </p>
);

/** The content of `#cards`. */
export const GroupCards = ({ supervisors, room, nowMs, basePath, isShown, stripOf }: Props) => {
  if (room.groups.length === 0) return <EmptyState supervisors={supervisors} />;
  return (
    <>
      {isWhole(room) ? null : <Part left={room.groupsLeftOut} basePath={basePath} />}
      {room.groups.map((group) => (
        <GroupCard
          group={group}
          room={room}
          nowMs={nowMs}
          basePath={basePath}
          {...(isShown === undefined ? {} : { isShown })}
          {...(stripOf === undefined ? {} : { stripOf })}
        />
      ))}
    </>
  );
};
