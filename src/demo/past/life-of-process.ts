import type { ProcessStateName } from "../../domain/states.ts";
import type { Random } from "../random.ts";
import { between, untilNext } from "./chance.ts";
import { type DeathKind, NO_LICENCE, suddenDeath } from "./deaths.ts";
import type { FleetEvent } from "./fleet-events.ts";
import {
  bootUp,
  crash,
  durationOf,
  failure,
  giveUp,
  type Incident,
  lastEnd,
  type Move,
  pause,
  restart,
  shutDown,
  spell,
  vainStart,
  work,
} from "./incidents.ts";
import type { Life } from "./lives.ts";
import type { PastProcess, Temper } from "./past-host.ts";

/** A transition of the past. */
export type Step = {
  readonly atMs: number;
  readonly process: PastProcess;
  readonly from: ProcessStateName;
  readonly move: Move;
  /** what it belongs to where it came to many together */
  readonly event: FleetEvent | null;
};

type Happening = { readonly atMs: number; readonly incident: Incident; readonly event: FleetEvent | null };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Before its supervisord ends nothing else happens. */
const QUIET_MS = 60_000;
/** Cron starts the jobs at this time of the day, UTC. */
const JOBS_MS = 2 * HOUR_MS;

const MEAN_MS: Record<Temper, number> = {
  steady: 16 * DAY_MS,
  crashing: 9 * HOUR_MS,
  broken: 3 * DAY_MS,
  job: DAY_MS,
  idle: Number.POSITIVE_INFINITY,
  quiet: Number.POSITIVE_INFINITY,
};

function anIncident(temper: Temper, random: Random): Incident {
  const dice = random();
  if (temper === "broken") return vainStart(random);
  if (temper === "crashing" && dice < 0.8) return dice < 0.12 ? spell(random) : crash(random);
  if (dice < 0.45) return crash(random);
  if (dice < 0.55) return failure(random);
  if (dice < 0.65) return pause(random);
  return restart(random, dice < 0.9 ? "restart" : null);
}

const temperAt = ({ temper }: PastProcess, atMs: number, brokenMs: number): Temper =>
  temper === "broken" && atMs < brokenMs ? "steady" : temper;

function nextOf(process: PastProcess, nowMs: number, brokenMs: number, random: Random): Happening {
  const temper = temperAt(process, nowMs, brokenMs);
  if (temper === "job") {
    const atMs = (Math.floor((nowMs - JOBS_MS) / DAY_MS) + 1) * DAY_MS + JOBS_MS;
    return { atMs: Math.floor(atMs + between(random, 0, 2_000)), incident: work(random), event: null };
  }
  const atMs = Math.floor(nowMs + QUIET_MS + untilNext(random, MEAN_MS[temper]));
  if (temper !== temperAt(process, atMs, brokenMs)) return { atMs: brokenMs, incident: lastEnd(random), event: null };
  return { atMs, incident: anIncident(temper, random), event: null };
}

/** What an event of the fleet is for one of its processes; null: it goes by. */
function partIn(event: FleetEvent, random: Random): Happening | null {
  if (event.kind === "rollout")
    return { atMs: event.atMs + between(random, 200, 6_000), incident: restart(random, "restart"), event };
  const dice = random();
  const death: DeathKind = suddenDeath(random);
  const incident = dice < 0.6 ? crash(random, death) : dice < 0.85 ? failure(random, death) : null;
  return incident && { atMs: event.atMs + between(random, 0, 90_000), incident, event };
}

const atBoot = (temper: Temper, random: Random): Incident => {
  if (temper === "idle") return [];
  if (temper === "broken") return giveUp(random, NO_LICENCE);
  return temper === "job" ? work(random) : bootUp(random);
};

export type Fate = {
  /** of the whole fleet */
  readonly events: readonly FleetEvent[];
  /** from then on what is broken is broken, epoch ms */
  readonly brokenMs: number;
};

/** All that a process does from one start of its supervisord to its end, in order of time. */
export function lifeOfProcess(
  process: PastProcess,
  life: Life,
  { events, brokenMs }: Fate,
  random: Random,
): readonly Step[] {
  const steps: Step[] = [];
  let [nowMs, state] = [life.fromMs, "STOPPED" as ProcessStateName];
  const play = ({ atMs, incident, event }: Happening) => {
    nowMs = atMs;
    for (const move of incident) {
      nowMs += move.afterMs;
      steps.push({ atMs: Math.floor(nowMs), process, from: state, move, event });
      state = move.to;
    }
  };
  const boot = atBoot(temperAt(process, life.fromMs, brokenMs), random);
  play({ atMs: life.fromMs + between(random, 5, 40), incident: boot, event: null });
  const ofGroup = events.filter(({ group }) => group === process.group);
  for (;;) {
    const own = nextOf(process, nowMs, brokenMs, random);
    const event = ofGroup.find(({ atMs }) => atMs > nowMs && atMs <= own.atMs + durationOf(own.incident));
    const part = event !== undefined && state === "RUNNING" ? partIn(event, random) : null;
    const next = part ?? own;
    if (next.atMs + durationOf(next.incident) > life.toMs - QUIET_MS) break;
    play(next);
  }
  if (life.end === "restart" && state === "RUNNING")
    play({ atMs: life.toMs - 2_000, incident: shutDown(random), event: null });
  return steps;
}
