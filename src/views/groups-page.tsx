import { matchesFilter, parseFilter } from "../domain/filter.ts";
import { AttentionStrip } from "./attention-strip.tsx";
import type { StripCode } from "./day-strip.ts";
import { fleetAttention } from "./fleet-attention.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { GroupCards } from "./group-cards.tsx";
import { NoMatch } from "./no-match.tsx";
import { filterSubject, type PlacedProcess } from "./process-look.ts";
import { barTexts } from "./texts/bar.ts";
import { fleetTexts } from "./texts/fleet.ts";

export type GroupsPage = PageInput & {
  /** of the url, as typed */
  readonly filter: string;
  readonly stripOf?: (placed: PlacedProcess) => StripCode;
  readonly endsOf?: (placed: PlacedProcess) => number;
};

export function groupsPage({ filter, stripOf, endsOf, ...input }: GroupsPage): string {
  const { context, supervisors, nowMs } = input;
  const parsed = parseFilter(filter);
  const isShown = (placed: PlacedProcess) => matchesFilter(parsed, filterSubject(placed));
  const any = [...supervisors.values()].some(({ processes }) => processes.size > 0);
  const matched = [...supervisors.values()].some((supervisor) =>
    [...supervisor.processes.values()].some((process) => isShown({ process, supervisor })),
  );
  return framedPage({
    ...input,
    filter,
    title: context.fleetName,
    page: "groups",
    stream: "/live/groups",
    skip: { to: "cards", words: fleetTexts.skipToProcesses },
    children: (
      <>
        <h1 class="sr">{barTexts.pages.groups}</h1>
        <AttentionStrip
          items={fleetAttention(supervisors, endsOf)}
          nowMs={nowMs}
          basePath={context.basePath}
          page="groups"
        />
        <div id="cards" class="cards" tabindex="-1">
          <GroupCards
            supervisors={supervisors}
            nowMs={nowMs}
            basePath={context.basePath}
            isShown={isShown}
            {...(stripOf === undefined ? {} : { stripOf })}
          />
        </div>
        <NoMatch filter={filter} all={`${context.basePath}/`} hidden={matched || !any} />
      </>
    ),
  });
}
