import { actOnGroupUrl } from "./act-subject.ts";
import { attributeText } from "./attribute-text.ts";
import { type CardRoom, countInCard, rowsInCard } from "./card-room.ts";
import { cardRow } from "./card-row.tsx";
import type { StripCode } from "./day-strip.ts";
import { cardHeadId, cardId } from "./dom-id.ts";
import { groupFilter } from "./filter-value.ts";
import type { ProcessGroup } from "./fleet-groups.ts";
import { groupSummary } from "./group-summary.ts";
import { LongName } from "./long-name.tsx";
import { isStale, type PlacedProcess } from "./process-look.ts";
import { shortenMiddle } from "./shorten.ts";
import { rowCountAttributes } from "./span.ts";
import { actPageTexts } from "./texts/act-page.ts";
import { manyTexts as texts } from "./texts/actions.ts";
import { fleetTexts } from "./texts/fleet.ts";
import { stateTexts } from "./texts/states.ts";

/** They are left alone where several are acted on. */
const isOfAgents = ({ rows }: ProcessGroup): boolean => rows.every(({ process }) => process.isAgent);

/** What the menu offers to scripts. */
const ActOnAll = ({ group, label, basePath }: { group: string; label: string; basePath: string }) => (
  <noscript>
    <a
      class="acting"
      href={actOnGroupUrl(basePath, group)}
      aria-label={attributeText(actPageTexts.allOf(texts.group(label)))}
    >
      {actPageTexts.all}
    </a>
  </noscript>
);

type HeadProps = { readonly group: ProcessGroup; readonly room: CardRoom; readonly basePath: string };

export const GroupCardHead = ({ group, room, basePath }: HeadProps) => {
  const { text, down } = groupSummary(group);
  const label = shortenMiddle(group.name, 60);
  const [shown, all] = [countInCard(group, room), group.rows.length];
  const picks = attributeText(shown < all ? stateTexts.selectShown(label, shown, all) : stateTexts.selectGroup(label));
  return (
    <header class="card-head" id={cardHeadId(group.name)}>
      <label class="pick">
        <input
          type="checkbox"
          autocomplete="off"
          data-pick-group=""
          aria-label={picks}
          {...(shown < all ? { title: picks } : {})}
        />
      </label>
      <h2 class="name" title={attributeText(shortenMiddle(group.name, 300))}>
        <LongName text={group.name} />
      </h2>
      <span class="summary">
        <span safe>{text}</span>
        {down === null ? null : (
          <span class="down" safe>
            {down}
          </span>
        )}
      </span>
      <button
        type="button"
        class="icon more-acts"
        data-many="group"
        data-name={attributeText(group.name)}
        aria-haspopup="menu"
        aria-label={attributeText(texts.openGroup(label))}
        title={attributeText(texts.openGroup(label))}
      ></button>
      {isOfAgents(group) ? null : <ActOnAll group={group.name} label={label} basePath={basePath} />}
    </header>
  );
};

type CardProps = {
  readonly group: ProcessGroup;
  readonly room: CardRoom;
  readonly nowMs: number;
  readonly basePath: string;
  readonly isShown?: (placed: PlacedProcess) => boolean;
  readonly stripOf?: (placed: PlacedProcess) => StripCode;
};

/** Nothing in the card is vouched for. */
const isSilent = ({ rows }: ProcessGroup): boolean =>
  rows.length > 0 && rows.every(({ supervisor }) => isStale(supervisor));

/** Then the head says where all of it runs. */
const isOnOneHost = ({ rows }: ProcessGroup): boolean =>
  rows.every(({ supervisor }) => supervisor.name === rows[0]?.supervisor.name);

/** To all of it, in the list of processes. */
const Rest = ({ group, rest, basePath }: { group: ProcessGroup; rest: number; basePath: string }) => (
  <p class="rest">
    <a href={`${basePath}/processes?${new URLSearchParams({ filter: groupFilter(group.name) })}`} safe>
      {fleetTexts.moreInGroup(rest, group.rows.length)}
    </a>
  </p>
);

export const GroupCard = ({ group, room, nowMs, basePath, isShown = () => true, stripOf }: CardProps) => {
  const rows = rowsInCard(group, room);
  const rest = group.rows.length - rows.length;
  const shown = rows.filter(isShown).length;
  return (
    <section
      class="card"
      id={cardId(group.name)}
      {...(isSilent(group) ? { "data-stale": "" } : {})}
      {...(isOnOneHost(group) ? { "data-one-host": "" } : {})}
      {...rowCountAttributes("data-n", rows.length + (rest > 0 ? 1 : 0))}
      {...(shown === rows.length ? {} : rowCountAttributes("data-c-n", shown))}
      {...(shown === 0 ? { "data-c-hide": "" } : {})}
    >
      <GroupCardHead group={group} room={room} basePath={basePath} />
      <ul class="rows">
        {rows.map(
          (placed) =>
            cardRow({ placed, nowMs, basePath, hidden: !isShown(placed), strip: stripOf?.(placed) }) as "safe",
        )}
      </ul>
      {rest === 0 ? null : <Rest group={group} rest={rest} basePath={basePath} />}
    </section>
  );
};
