import type { Dice } from "./dice.ts";
import { EVERY_PROMISE } from "./every-promise.ts";
import type { Fault, Log } from "./fault.ts";
import type { Aftermath } from "./promise.ts";
import type { Planned, Round } from "./schedule.ts";
import { caughtUp, startAll, stopAll } from "./stage/calm.ts";
import { type Footprint, footprintOf } from "./stage/footprint.ts";
import { openLogBook } from "./stage/log-book.ts";
import { giveOrders } from "./stage/orders.ts";
import type { Stage } from "./stage/stage.ts";

export type Footprints = Readonly<Record<Log, Footprint>>;

export type Verdict = { readonly promise: string; readonly problems: readonly string[] };

const CROWD_PER_S = 20;

const hosts = ({ alpha, beta, gamma }: Stage) => [alpha, beta, gamma];

export async function takeFootprints({ hub, alpha, beta }: Stage): Promise<Footprints> {
  const of = async (pid: number | Promise<number>) => footprintOf(await pid);
  const [ofHub, ofAlpha, ofBeta] = await Promise.all([of(hub.pid()), of(alpha.agentPid()), of(beta.agentPid())]);
  return { hub: ofHub, alpha: ofAlpha, beta: ofBeta };
}

export const comeToRest = async (stage: Stage): Promise<void> => {
  stage.crowd.rate(0);
  await Promise.all(hosts(stage).map(stopAll));
  await stage.allLive();
  await caughtUp(stage);
};

async function happen(lane: readonly Planned[], stage: Stage, say: (line: string) => void): Promise<void> {
  for (const { fault, afterMs, dice } of lane) {
    await Bun.sleep(afterMs);
    say(`    ${fault.name}`);
    await fault.happen(stage, dice).catch((error) => {
      throw new Error(`while ${fault.name}: ${error instanceof Error ? error.message : error}`, { cause: error });
    });
  }
}

type Before = {
  readonly footprints: Footprints;
  readonly faultsSoFar: readonly Fault[];
};

/** Lets the faults happen while processes come and go and orders are given; then everything rests, and is judged. */
export async function runRound(
  { lanes }: Round,
  { stage, dice, say }: { readonly stage: Stage; readonly dice: Dice; readonly say: (line: string) => void },
  { footprints, faultsSoFar }: Before,
): Promise<Verdict[]> {
  const book = openLogBook(stage);
  await Promise.all(hosts(stage).map(startAll));
  stage.crowd.rate(CROWD_PER_S);
  const enough = new AbortController();
  const ordering = giveOrders(stage, dice, enough.signal);
  try {
    await Promise.all(lanes.map((lane) => happen(lane, stage, say)));
  } finally {
    enough.abort();
  }
  const orders = await ordering;
  await comeToRest(stage);
  const after = await takeFootprints(stage);
  const logs = Object.keys(after) as Log[];
  const faults = lanes.flat().map(({ fault }) => fault);
  const aftermath: Aftermath = {
    ...{ stage, faults, orders },
    faultsSoFar: [...faultsSoFar, ...faults],
    lines: book.lines(),
    footprints: Object.fromEntries(
      logs.map((log) => [log, { before: footprints[log], after: after[log] }]),
    ) as Aftermath["footprints"],
  };
  const verdicts: Verdict[] = [];
  for (const promise of EVERY_PROMISE)
    verdicts.push({ promise: promise.name, problems: await promise.broken(aftermath) });
  say(`    ${orders.length} orders (${countOf(orders)}), ${aftermath.lines.length} lines of log`);
  return verdicts;
}

const countOf = (orders: Aftermath["orders"]): string =>
  (["done", "failed", "unknown"] as const)
    .map((told) => `${orders.filter((order) => order.told === told).length} ${told}`)
    .join(", ");
