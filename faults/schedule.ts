import type { Dice } from "./dice.ts";
import { throwDice } from "./dice.ts";
import type { Fault } from "./fault.ts";

export type Planned = {
  readonly fault: Fault;
  /** milliseconds of quiet before it */
  readonly afterMs: number;
  readonly dice: Dice;
};

/** Faults of one lane happen one after the other; the lanes go side by side. */
export type Round = { readonly number: number; readonly lanes: readonly (readonly Planned[])[] };

const LANES = 3;

export type Pace = {
  /** how many faults a round has at most */
  readonly perRound: number;
  /** milliseconds of quiet before a fault, at most */
  readonly mostQuietMs: number;
};

export const LONG_PACE: Pace = { perRound: 12, mostQuietMs: 2_500 };
/** For a run that has to be over in three minutes. */
export const SHORT_PACE: Pace = { perRound: 16, mostQuietMs: 600 };

/** Every fault once, in an order that the seed says, dealt to rounds. What happens at the same time never shares a part. */
export function dealRounds(seed: number, faults: readonly Fault[], { perRound, mostQuietMs }: Pace): Round[] {
  const dice = throwDice(seed);
  const cards = dice.shuffled(faults);
  const rounds: Round[] = [];
  for (let i = 0; i < cards.length; i += perRound) {
    const number = rounds.length + 1;
    rounds.push({ number, lanes: lanesOf(cards.slice(i, i + perRound), mostQuietMs, dice.for(`round ${number}`)) });
  }
  return rounds;
}

function lanesOf(faults: readonly Fault[], mostQuietMs: number, dice: Dice): Planned[][] {
  const lanes: Fault[][] = Array.from({ length: LANES }, () => []);
  for (const fault of faults) laneFor(fault, lanes).push(fault);
  return lanes.map((lane) =>
    lane.map((fault) => ({ fault, afterMs: dice.between(200, mostQuietMs), dice: dice.for(fault.name) })),
  );
}

/** The one that touches the same parts, else the shortest; where several do, they become one. */
function laneFor(fault: Fault, lanes: Fault[][]): Fault[] {
  const [first, ...others] = lanes.filter((lane) => lane.some((other) => sharesPart(fault, other)));
  if (first === undefined) return lanes.reduce((a, b) => (b.length < a.length ? b : a));
  for (const other of others) first.push(...other.splice(0));
  return first;
}

const sharesPart = (a: Fault, b: Fault): boolean => a.parts.some((part) => b.parts.includes(part));
