import { matchesFilter, parseFilter } from "../domain/filter.ts";
import { AttentionStrip } from "./attention-strip.tsx";
import { cardRoom, isWhole } from "./card-room.ts";
import type { StripCode } from "./day-strip.ts";
import type { AttentionItem } from "./fleet-attention.ts";
import type { ProcessGroup } from "./fleet-groups.ts";
import { framedPage, type PageInput } from "./frame.tsx";
import { GroupCards } from "./group-cards.tsx";
import { NoMatch } from "./no-match.tsx";
import { filterSubject, type PlacedProcess } from "./process-look.ts";
import { barTexts } from "./texts/bar.ts";
import { fleetTexts } from "./texts/fleet.ts";

export type GroupsPage = PageInput & {
  /** of the url, as typed */
  readonly filter: string;
  readonly groups: readonly ProcessGroup[];
  /** of the fleet that `groups` show; the stream goes on from there */
  readonly version: string;
  readonly stripOf?: (placed: PlacedProcess) => StripCode;
  readonly attention: readonly AttentionItem[];
};

export function groupsPage({ filter, groups, version, stripOf, attention, ...input }: GroupsPage): string {
  const { context, supervisors, nowMs } = input;
  const parsed = parseFilter(filter);
  const isShown = (placed: PlacedProcess) => matchesFilter(parsed, filterSubject(placed));
  const room = cardRoom(groups);
  const list = isWhole(room) ? "groups" : "processes";
  const matched = groups.some(({ rows }) => rows.some(isShown));
  return framedPage({
    ...input,
    filter,
    title: context.fleetName,
    page: "groups",
    list,
    stream: `/live/groups?since=${encodeURIComponent(version)}`,
    skip: { to: "cards", words: fleetTexts.skipToProcesses },
    children: (
      <>
        <h1 class="sr">{barTexts.pages.groups}</h1>
        <AttentionStrip items={attention} nowMs={nowMs} basePath={context.basePath} page={list} />
        <div id="cards" class="cards" tabindex="-1">
          <GroupCards
            supervisors={supervisors}
            room={room}
            nowMs={nowMs}
            basePath={context.basePath}
            isShown={isShown}
            {...(stripOf === undefined ? {} : { stripOf })}
          />
        </div>
        <NoMatch filter={filter} all={`${context.basePath}/`} hidden={matched || groups.length === 0} />
      </>
    ),
  });
}
