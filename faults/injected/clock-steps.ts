import type { Dice } from "../dice.ts";
import type { Fault } from "../fault.ts";
import type { FalseClock } from "../stage/false-clock.ts";

const HOUR_S = 3_600;

async function step(clock: FalseClock, dice: Dice): Promise<void> {
  clock.set(dice.one([-HOUR_S, HOUR_S]));
  await Bun.sleep(dice.between(3_000, 7_000));
  clock.set(0);
}

const ofHost: Fault = {
  name: "the clock of alpha is an hour off for a while",
  parts: ["alpha", "alpha's agent", "alpha's clock"],
  tells: null, // the page shows it beside the host
  happen: ({ clocks }, dice) => step(clocks.alpha, dice),
};

const ofHub: Fault = {
  name: "the clock of the hub is an hour off for a while",
  parts: ["hub", "hub's clock"],
  tells: null,
  happen: ({ clocks }, dice) => step(clocks.hub, dice),
};

export const clockSteps: readonly Fault[] = [ofHost, ofHub];
