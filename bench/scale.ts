/**
 * How a hub fares with 5,000, 50,000 and 100,000 processes: until all are live, memory, processor time at rest and while one
 * process in a hundred changes each second, answers a second, bytes and first paint of its pages.
 * `bun run bench scale [--supervisors N]`; needs a built binary and, for the paint, Chromium.
 */
import { parseArgs } from "node:util";
import { type FleetOptions, startFleet, type TestFleet } from "../test/support/fleet.ts";
import { startHub, type TestHub } from "../test/support/hub.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { startClient } from "./support/client.ts";
import { cpuPercent, memoryMb } from "./support/cost.ts";
import type { Goal } from "./support/figure.ts";
import { firstPaints } from "./support/first-paint.ts";

const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: { supervisors: { type: "string" }, smoke: { type: "boolean" } },
});

/** Until what a hub does in small steps after its start is done, and the garbage of it is collected. */
const SETTLE_MS = 8_000;
/** Changed each second, of all processes. */
const SHARE = 0.01;
const CONNECTIONS = 4;

type Size = Pick<FleetOptions, "supervisors" | "processes">;
const ALL: readonly Size[] = [100, 1_000, 2_000].map((supervisors) => ({ supervisors, processes: 50 }));
const SMALL: Size = { supervisors: 12, processes: 10 };

/** Goals of the smallest size, for which there are figures of Multivisor 6. */
const GOALS: Readonly<Record<string, Goal>> = {
  "start to all live": { atMost: 0.5 },
  "memory at rest": { atMost: 70 },
  "/api/data": { atLeast: 900 },
};

/** Seconds from exec to the last host's being live, as the hub's own log tells. */
async function startToLive(hub: () => Promise<TestHub>, supervisors: number): Promise<{ hub: TestHub; liveS: number }> {
  const startMs = Date.now();
  const started = await hub();
  const live = () => [...started.log().matchAll(/^(\S+) INFO \S+: live$/gm)].map(([, at = ""]) => Date.parse(at));
  await waitFor(
    () => `${supervisors} to be live, not ${live().length}`,
    () => live().length >= supervisors,
    120_000,
  );
  return { hub: started, liveS: (Math.max(...live()) - startMs) / 1_000 };
}

async function measureSize(b: Bench, size: Size, withGoals: boolean): Promise<void> {
  const name = `${size.supervisors} x ${size.processes}`;
  const figure: Keep = (what, unit, values, goal) =>
    b.figure(`${name}: ${what}`, unit, values, goal ?? (withGoals ? GOALS[what] : undefined));
  const place = openTestPlace();
  try {
    const fleet = await startFleet(place, size);
    const hub = await starts(b, figure, place, fleet);
    await atRest(b, figure, hub, fleet);
    await inMotion(b, figure, hub, fleet, size);
    await answers(b, figure, hub);
    const paints = await firstPaints(place, `${hub.url}/processes`, b.size(3, 1));
    const isGoal = size === ALL.at(-1);
    figure("/processes: first paint", "ms", paints, isGoal ? { atMost: 300 } : undefined);
    await hub.stop();
  } finally {
    await place.close();
  }
}

/** @returns the last hub that was started */
async function starts(b: Bench, figure: Keep, place: TestPlace, { members }: TestFleet): Promise<TestHub> {
  let last: TestHub | null = null;
  const runs = await b.repeat(
    3,
    async () => {
      await last?.stop();
      const { hub, liveS } = await startToLive(() => startHub(place, { supervisors: members }), members.length);
      last = hub;
      return liveS;
    },
    0, // a start is what is measured
  );
  figure("start to all live", "s", runs);
  return last as unknown as TestHub;
}

type Keep = (what: string, unit: string, values: number | readonly number[], goal?: Goal) => void;

async function atRest(b: Bench, figure: Keep, hub: TestHub, fleet: TestFleet): Promise<void> {
  await Bun.sleep(b.size(SETTLE_MS, 500));
  const rest = () => Bun.sleep(b.size(3_000, 500));
  const both = () => Promise.all([hub.pid(), fleet.pid].map((pid) => cpuPercent(pid, rest)));
  const cpu = await b.repeat(3, both, 0);
  const memory = memoryMb(hub.pid());
  figure("memory at rest", "MB", memory.rssMb);
  figure("memory at rest, anonymous", "MB", memory.anonymousMb);
  for (const [i, what] of ["processor at rest", "processor at rest, fleet"].entries())
    figure(
      what,
      "%",
      cpu.map((run) => run[i] ?? 0),
    );
}

async function inMotion(b: Bench, figure: Keep, hub: TestHub, fleet: TestFleet, size: Size): Promise<void> {
  const perS = Math.max(50, size.supervisors * size.processes * SHARE);
  const watch = startClient("stream-watch.ts", `${hub.url}/api/stream`);
  await watch.ready;
  const before = (await fleet.counts()).transitions;
  await fleet.tell("rate", { perS });
  const move = () => Bun.sleep(b.size(3_000, 500));
  figure("processor at 1 % a second", "%", await b.repeat(3, () => cpuPercent(hub.pid(), move)));
  await fleet.tell("rate", { perS: 0 });
  await Bun.sleep(b.size(2_000, 500)); // until those that were starting are up
  const offered = (await fleet.counts()).transitions - before;
  const seen = await watch.ask<{ arrived: number; p50Ms: number; p99Ms: number }>();
  await watch.close();
  figure("changes offered", "", offered);
  b.must(`${size.supervisors} x ${size.processes}: changes that arrived`, "", seen.arrived, { atLeast: offered });
  figure("their lateness, p99", "ms", seen.p99Ms, { atMost: 250 });
  figure("memory afterwards", "MB", memoryMb(hub.pid()).rssMb);
}

async function answers(b: Bench, figure: Keep, hub: TestHub): Promise<void> {
  for (const path of ["/api/data", "/", "/processes", "/supervisors", "/history"]) {
    const load = startClient("request-load.ts", hub.url + path, CONNECTIONS);
    await load.ready;
    const runs = await b.repeat(3, () => load.ask<{ perS: number; bytesEach: number }>(b.size(1_000, 200)));
    await load.close();
    figure(
      path === "/api/data" ? path : `page ${path}`,
      "answers/s",
      runs.map(({ perS }) => perS),
    );
    figure(`${path}, gzip`, "kB", (runs[0]?.bytesEach ?? 0) / 1_000);
  }
}

await bench(import.meta.path, async (b) => {
  const wanted = ALL.filter(({ supervisors }) => [undefined, String(supervisors)].includes(options.supervisors));
  for (const size of b.size(wanted, [SMALL])) await measureSize(b, size, size === ALL[0]);
  b.note("Figures at 1 % a second are of transitions: every third of them ends one run of a process.");
});
