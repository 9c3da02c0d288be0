import type { StripCode } from "./day-strip.ts";
import { EmptyState } from "./empty-state.tsx";
import { fleetGroups, type Supervisors } from "./fleet-groups.ts";
import { GroupCard } from "./group-card.tsx";
import type { PlacedProcess } from "./process-look.ts";

type Props = {
  readonly supervisors: Supervisors;
  readonly nowMs: number;
  readonly basePath: string;
  readonly isShown?: (placed: PlacedProcess) => boolean;
  readonly stripOf?: (placed: PlacedProcess) => StripCode;
};

/** The content of `#cards`. */
export const GroupCards = ({ supervisors, nowMs, basePath, isShown, stripOf }: Props) => {
  const groups = fleetGroups(supervisors);
  if (groups.length === 0) return <EmptyState supervisors={supervisors} />;
  return (
    <>
      {groups.map((group) => (
        <GroupCard
          group={group}
          nowMs={nowMs}
          basePath={basePath}
          {...(isShown === undefined ? {} : { isShown })}
          {...(stripOf === undefined ? {} : { stripOf })}
        />
      ))}
    </>
  );
};
