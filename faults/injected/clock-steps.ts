import type { Dice } from "../dice.ts";
import type { Fault } from "../fault.ts";
import { type FalseClock, STEP_S } from "../stage/false-clock.ts";

async function step(clock: FalseClock, dice: Dice): Promise<void> {
  clock.set(dice.one([-STEP_S, STEP_S]));
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
