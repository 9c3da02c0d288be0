import type { ProcessStateName } from "../../domain/states.ts";
import type { Random } from "../random.ts";
import { between } from "./chance.ts";
import { type DeathKind, NO_LICENCE, suddenDeath } from "./deaths.ts";

/** One transition of a process, so long after the one before it. */
export type Move = {
  readonly afterMs: number;
  readonly to: ProcessStateName;
  /** of EXITED */
  readonly expected?: boolean;
  /** of STARTING and BACKOFF */
  readonly tries?: number;
  /** it died of this */
  readonly death?: DeathKind;
  /** somebody asks for it through the hub, right before */
  readonly asked?: "start" | "stop" | "restart";
  /** why that was not done; absent: it was */
  readonly notDone?: string;
};

/** What happens to a process, from a state that lasts to a state that lasts. */
export type Incident = readonly Move[];

const HOUR_MS = 3_600_000;
/** supervisord's words for a program that does not live for startsecs. */
export const TOO_QUICKLY = "Exited too quickly (process log may have details)";
/** supervisord's default of startretries. */
const RETRIES = 3;

const start = (random: Random, afterMs: number): Incident => [
  { afterMs, to: "STARTING", tries: 0 },
  { afterMs: between(random, 1_005, 1_080), to: "RUNNING" },
];

export const bootUp = (random: Random): Incident => start(random, between(random, 50, 900));

export const shutDown = (random: Random): Incident => [
  { afterMs: between(random, 10, 400), to: "STOPPING" },
  { afterMs: between(random, 20, 900), to: "STOPPED" },
];

export const crash = (random: Random, death: DeathKind = suddenDeath(random)): Incident => [
  { afterMs: 0, to: "EXITED", expected: false, death },
  ...start(random, between(random, 600, 1_400)),
];

/** A bad hour: it dies again and again. */
export const spell = (random: Random): Incident => {
  const death = suddenDeath(random);
  const times = Math.round(between(random, 5, 22));
  return Array.from({ length: times }, () => {
    const [end, ...again] = crash(random, death);
    return [{ ...end, afterMs: between(random, 15_000, 150_000) } as Move, ...again];
  }).flat();
};

/** It is tried again and again, and given up. */
export const giveUp = (random: Random, death: DeathKind): Incident => [
  ...Array.from({ length: RETRIES + 1 }, (_, tries): Move[] => [
    { afterMs: tries * 1_000 + between(random, 100, 300), to: "STARTING", tries },
    { afterMs: between(random, 30, 300), to: "BACKOFF", tries: tries + 1, death },
  ]).flat(),
  { afterMs: between(random, 300, 900), to: "FATAL", death },
];

/** It dies, cannot be started, and somebody sees to it after minutes or hours. */
export const failure = (random: Random, death: DeathKind = suddenDeath(random)): Incident => [
  { afterMs: 0, to: "EXITED", expected: false, death },
  ...giveUp(random, death),
  ...asked("start", start(random, between(random, 0.1, 5) * HOUR_MS)),
];

/** It dies for good: whoever started it could not know that it will not start again. */
export const lastEnd = (random: Random): Incident => [
  { afterMs: 0, to: "EXITED", expected: false, death: NO_LICENCE },
  ...giveUp(random, NO_LICENCE),
];

/** Somebody tries whether it starts by now. */
export const vainStart = (random: Random): Incident => {
  const [first, ...rest] = asked("start", giveUp(random, NO_LICENCE));
  return first === undefined ? [] : [{ ...first, notDone: TOO_QUICKLY }, ...rest];
};

/** @param askedFor through the hub; null: at the host */
export const restart = (random: Random, askedFor: "restart" | null): Incident => {
  const moves = [...shutDown(random), ...start(random, between(random, 10, 90))];
  return askedFor === null ? moves : asked(askedFor, moves);
};

export const pause = (random: Random): Incident => [
  ...asked("stop", shutDown(random)),
  ...asked("start", start(random, between(random, 0.2, 3) * HOUR_MS)),
];

/** A job's work: nobody asks the hub, cron does it. */
export const work = (random: Random): Incident => [
  ...start(random, 0),
  { afterMs: between(random, 2, 25) * 60_000, to: "EXITED", expected: true },
];

const asked = (method: NonNullable<Move["asked"]>, [first, ...rest]: Incident): Incident =>
  first === undefined ? [] : [{ ...first, asked: method }, ...rest];

export const durationOf = (incident: Incident): number => incident.reduce((sum, { afterMs }) => sum + afterMs, 0);
