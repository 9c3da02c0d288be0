import { type ProcessUid, parseUid } from "../../domain/names.ts";
import { type CardRoom, cardRoom, isWhole, rowsInCard } from "../../views/card-room.ts";
import { STRIP_SLOT_MS } from "../../views/day-strip.ts";
import type { ProcessGroup } from "../../views/fleet-groups.ts";
import { updateAttention, updateCounts } from "../../views/frame-update.tsx";
import { updateCard, updateCardHead, updateCards, updateRow } from "../../views/groups-update.tsx";
import type { PlacedProcess } from "../../views/process-look.ts";
import type { FleetView } from "../fleet-view.ts";
import { changedStrips } from "./changed-strips.ts";
import { type FiguresOf, noFigures } from "./figures-of.ts";
import type { FleetLog } from "./fleet-log.ts";
import type { FleetOrder } from "./fleet-order.ts";
import type { FleetTallies } from "./fleet-tallies.ts";
import { type GroupsDirt, groupsDirt } from "./groups-dirt.ts";
import type { PageMessage, PageView } from "./page-stream.ts";

/** Strips go on by half hours, and unexpected ends are forgotten after a while. */
const TICK_MS = 10_000;

/** Who has missed more rows gets all cards. */
const MOST_MISSED = 200;

export type GroupsViewOptions = {
  readonly fleet: FleetView;
  readonly order: FleetOrder;
  readonly log: FleetLog;
  readonly tallies: FleetTallies;
  /** "" or "/x": pieces of the page hold links */
  readonly basePath: string;
  readonly now: () => number;
  readonly figures?: FiguresOf;
};

/** The half hour that all strips end in. */
const slotOf = (nowMs: number): string => `.${Math.floor(nowMs / STRIP_SLOT_MS)}`;

/** What the page of groups shows at this moment: the fleet, and its strips. */
export const groupsVersion = (log: FleetLog, nowMs: number): string => log.version() + slotOf(nowMs);

/** The groups page as its readers see it, all of it or by pieces. */
export function groupsView({
  fleet,
  order,
  log,
  tallies,
  basePath,
  now,
  figures = noFigures,
}: GroupsViewOptions): PageView {
  const dirt = groupsDirt(fleet);
  const stripOf = figures.strip;
  const rowsInCards = () => {
    const room = cardRoom(order.groups());
    return room.groups.flatMap((group) => rowsInCard(group, room));
  };
  const strips = changedStrips(rowsInCards, stripOf);
  const selection = shownRows();
  let unsubscribe = () => {};

  const shown = () => ({ nowMs: now(), basePath, stripOf });
  const around = (room: CardRoom): string => {
    const list = isWhole(room) ? "groups" : "processes";
    return updateAttention(tallies.attention(), now(), basePath, list) + updateCounts(tallies.counts(), basePath, list);
  };
  const allCards = (room: CardRoom): string => updateCards(fleet.supervisors(), room, shown());
  /** Cards whose rows are to be others are made anew, of the rest single rows and the head. */
  const pieces = ({ rows, groups }: GroupsDirt, room: CardRoom): string =>
    touchedGroups(fleet, room, rows, groups)
      .map((group) => {
        const inCard = rowsInCard(group, room);
        const isAnother = selection.note(group, room, inCard);
        if (isAnother || groups.has(group.name)) return updateCard(group, room, shown());
        const changed = inCard.filter(({ process }) => rows.has(process.uid));
        return changed.map((placed) => updateRow(placed, shown())).join("") + updateCardHead(group, room, basePath);
      })
      .join("");
  const message = (body: string, room: CardRoom): PageMessage[] => [
    { id: groupsVersion(log, now()), data: body + around(room) },
  ];
  /** null: so much that all cards are the shorter answer */
  const missedGroups = (since: string | null): ReadonlySet<string> | null => {
    const missed = since === null || !since.endsWith(slotOf(now())) ? null : log.since(since);
    if (missed === null || missed.size > MOST_MISSED) return null;
    // A card may have come or gone with it.
    if ([...missed].some((uid) => fleet.process(uid) === null)) return null;
    const groups = new Set([...missed].map((uid) => parseUid(uid)?.group ?? ""));
    const isNew = ({ name, rows }: ProcessGroup) =>
      groups.has(name) && rows.every(({ process }) => missed.has(process.uid));
    return order.groups().some(isNew) ? null : groups;
  };

  return {
    open(onChange) {
      dirt.reset();
      strips.begin();
      selection.begin(cardRoom(order.groups()));
      const timer = setInterval(() => {
        for (const uid of strips.take()) dirt.add(uid);
        onChange();
      }, TICK_MS);
      const end = fleet.subscribe((change) => {
        if (dirt.note(change)) onChange();
      });
      unsubscribe = () => {
        clearInterval(timer);
        end();
      };
    },
    close: () => unsubscribe(),
    key: () => fleet.version(),
    full(since) {
      const room = cardRoom(order.groups());
      const groups = missedGroups(since);
      const body = groups === null ? allCards(room) : pieces({ rows: new Set(), groups, cards: false }, room);
      return message(body, room);
    },
    update() {
      const taken = dirt.take();
      const room = cardRoom(order.groups());
      if (taken.cards) selection.begin(room);
      return message(taken.cards ? allCards(room) : pieces(taken, room), room);
    },
  };
}

/** Which rows of the cards that do not show all of theirs the readers have. */
function shownRows() {
  let known = new Map<string, string>();
  const textOf = (inCard: readonly PlacedProcess[]) => inCard.map(({ process }) => process.uid).join("\n");
  return {
    begin(room: CardRoom): void {
      known = isWhole(room)
        ? new Map()
        : new Map(room.groups.map((group) => [group.name, textOf(rowsInCard(group, room))]));
    },
    /** @returns whether they are others now */
    note({ name }: ProcessGroup, room: CardRoom, inCard: readonly PlacedProcess[]): boolean {
      if (isWhole(room)) return false;
      const text = textOf(inCard);
      if (known.get(name) === text) return false;
      known.set(name, text);
      return true;
    },
  };
}

function touchedGroups(
  fleet: FleetView,
  room: CardRoom,
  rows: ReadonlySet<ProcessUid>,
  groups: ReadonlySet<string>,
): ProcessGroup[] {
  const names = new Set(groups);
  for (const uid of rows) names.add(fleet.process(uid)?.group ?? "");
  return names.size === 0 ? [] : room.groups.filter(({ name }) => names.has(name));
}
