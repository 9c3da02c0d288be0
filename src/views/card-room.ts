import { firstRows } from "./first-rows.ts";
import type { ProcessGroup } from "./fleet-groups.ts";
import type { PlacedProcess } from "./process-look.ts";

/** A fleet of so many processes is shown whole. */
const WHOLE = 2_000;
/** Of a larger one: rows in all cards together; more is more than anybody reads, and than a phone lays out. */
const MOST_ROWS = 1_000;
const MOST_CARDS = 250;

/** How much of a fleet the page of groups shows. */
export type CardRoom = {
  readonly groups: readonly ProcessGroup[];
  /** left out: the list of processes has them */
  readonly groupsLeftOut: number;
  /** rows in one card, at most; all of them where the fleet is small */
  readonly rows: number;
};

export function cardRoom(groups: readonly ProcessGroup[]): CardRoom {
  const shown = groups.slice(0, MOST_CARDS);
  const isSmall = groups.reduce((sum, { rows }) => sum + rows.length, 0) <= WHOLE && shown.length === groups.length;
  return {
    groups: shown,
    groupsLeftOut: groups.length - shown.length,
    rows: isSmall ? Number.POSITIVE_INFINITY : Math.floor(MOST_ROWS / shown.length),
  };
}

/** Whether all processes are on the page. */
export const isWhole = ({ rows }: CardRoom): boolean => rows === Number.POSITIVE_INFINITY;

/** How many rows of a group its card has; a line for "1 more" takes the place of that one. */
export const countInCard = ({ rows }: ProcessGroup, { rows: room }: CardRoom): number =>
  rows.length <= room + 1 ? rows.length : room;

export function rowsInCard(group: ProcessGroup, room: CardRoom): readonly PlacedProcess[] {
  const troubled = [...group.tally.troubled].sort((a, b) => a - b);
  return firstRows(group.rows, countInCard(group, room), troubled);
}
