/**
 * Ten million transitions, while ten thousand clients come and go: are memory and lateness at the end what they were at the
 * beginning, and is all in the history? What is held and how late it tells after the first tenth, and after all, each time
 * when it has come to rest, are compared. `bun run bench soak [--events N]`; needs
 * a built binary.
 */
import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { startFleet, type TestFleet } from "../test/support/fleet.ts";
import { startHub, type TestHub } from "../test/support/hub.ts";
import { socketsOf } from "../test/support/process-figures.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { type Client, startClient } from "./support/client.ts";
import { memoryMb } from "./support/cost.ts";
import { median } from "./support/figure.ts";
import { memoryFolder } from "./support/memory-folder.ts";
import { written } from "./support/written-history.ts";

const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: { events: { type: "string", default: "10000000" }, smoke: { type: "boolean" } },
});
const SIZE = { supervisors: 20, processes: 50 };
/** At most, of all hosts. */
const JOURNALS_BYTES = 3e9;
const CLIENTS = 10_000;
const ROUNDS = 100;
/** While lateness is measured. */
const CALM_PER_S = 1_000;
/** Garbage of a burst is collected late: memory is at rest when so many seconds have not made it less, */
const STILL_S = 12;
/** and taken to be after so many, whether it is or not. */
const MOST_REST_S = 40;
const LOOKS = 5;
/** The last tenth against the first. */
const FLAT = { atMost: 1.1 };
/** Milliseconds, of which there are a few: a ratio would be of the clock's steps. */
const AS_SOON = { atMost: 3 };

type Parts = { readonly hub: TestHub; readonly fleet: TestFleet; readonly visitors: Client };
type Round = ReturnType<typeof memoryMb> & {
  readonly perS: number;
  readonly letIn: number;
  readonly sockets: number;
};

/** Transitions that the hub has heard of, without those that it found by looking. */
async function heard(hub: TestHub): Promise<number> {
  const text = await (await hub.get("/metrics")).text();
  return Number(/^multivisor_event_lag_seconds_count (\d+)/m.exec(text)?.[1] ?? 0);
}

const untilHeard = async ({ hub, fleet }: Parts): Promise<void> => {
  const { transitions } = await fleet.counts();
  await waitFor("the hub to have heard of all", async () => (await heard(hub)) >= transitions, 300_000);
};

async function lateness(b: Bench, { hub, fleet }: Parts): Promise<number> {
  const watch = startClient("stream-watch.ts", `${hub.url}/api/stream`);
  await watch.ready;
  await fleet.tell("rate", { perS: CALM_PER_S });
  await Bun.sleep(b.size(1_000, 200));
  await fleet.tell("rate", { perS: 0 });
  const { p99Ms } = await watch.ask<{ p99Ms: number }>();
  await watch.close();
  return p99Ms;
}

async function round(parts: Parts, of: { events: number; visits: number }): Promise<Round> {
  const beganMs = performance.now();
  const burst = parts.fleet.tell("burst", { count: of.events });
  const letIn = await parts.visitors.ask<number>(of.visits);
  await burst;
  await untilHeard(parts);
  const perS = of.events / ((performance.now() - beganMs) / 1_000);
  const pid = parts.hub.pid();
  return { ...memoryMb(pid), sockets: socketsOf(pid), perS, letIn };
}

type Rest = ReturnType<typeof memoryMb> & { readonly lateMs: readonly number[] };

/** Memory, once it does not fall any more. */
async function settled(pid: number, stillS: number): Promise<ReturnType<typeof memoryMb>> {
  let least = memoryMb(pid);
  for (let [still, s] = [0, 0]; still < stillS && s < MOST_REST_S; still++, s++) {
    await Bun.sleep(1_000);
    const now = memoryMb(pid);
    if (now.rssMb < least.rssMb - 1) still = 0;
    if (now.rssMb < least.rssMb) least = now;
  }
  return least;
}

/** When it has come to rest: what it holds, and how soon it tells. */
async function atRest(b: Bench, parts: Parts): Promise<Rest> {
  const memory = await settled(parts.hub.pid(), b.size(STILL_S, 0));
  const lateMs: number[] = [];
  for (let i = 0; i < b.size(LOOKS, 1); i++) lateMs.push(await lateness(b, parts));
  return { ...memory, lateMs };
}

function compareMemory(b: Bench, name: string, first: number, last: number): void {
  b.figure(`${name}, after the first tenth`, "MB", first);
  b.figure(`${name}, after all`, "MB", last);
  b.figure(`${name}, last against first`, "", last / first, FLAT);
}

function compareLateness(b: Bench, first: readonly number[], last: readonly number[]): void {
  b.figure("lateness p99, after the first tenth", "ms", first);
  b.figure("lateness p99, after all", "ms", last);
  b.figure("lateness p99, the last less the first", "ms", median(last) - median(first), AS_SOON);
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  try {
    const [events, clients, count] = [b.size(Number(options.events), 2_000), b.size(CLIENTS, 20), b.size(ROUNDS, 2)];
    const fleet = await startFleet(place, { ...SIZE, dir: memoryFolder(place, JOURNALS_BYTES) });
    const hub = await startHub(place, { supervisors: fleet.members });
    await hub.live(...fleet.members.map(({ name }) => name));
    const file = place.path("hub1.sqlite");
    const found = SIZE.supervisors * (SIZE.processes + 1); // with the agent
    await waitFor("what was found at first to be written", () => written(file).sampled >= found);
    const visitors = startClient("stream-visitors.ts", hub.url);
    await visitors.ready;
    const parts = { hub, fleet, visitors };
    const rounds: Round[] = [];
    const tenth = Math.max(1, count / 10);
    let first: Rest | null = null;
    for (let i = 0; i < count; i++) {
      rounds.push(await round(parts, { events: events / count, visits: clients / count }));
      if (i + 1 === tenth) first = await atRest(b, parts);
      if (i % 10 === 9) console.log(`  ${i + 1} of ${count} rounds, ${Math.round(rounds.at(-1)?.rssMb ?? 0)} MB`);
    }
    const last = await atRest(b, parts);
    await visitors.close();
    await Bun.sleep(2_000); // until those that were starting are up
    const { transitions } = await fleet.counts();
    await waitFor("all to be written", () => written(file).announced >= transitions, 120_000).catch(() => {});
    b.figure("transitions", "", transitions);
    const { announced, sampled, gaps } = written(file);
    b.figure("transitions in the history", "", announced);
    b.must("missing, or there twice", "", Math.abs(transitions - announced), { atMost: 0 });
    b.must("found by looking, though announced", "", sampled - found, { atMost: 0 });
    b.must("gaps", "", gaps, { atMost: 0 });
    b.figure(
      "clients let in",
      "",
      rounds.reduce((sum, { letIn }) => sum + letIn, 0),
      { atLeast: clients },
    );
    b.figure(
      "transitions a second",
      "1/s",
      rounds.map(({ perS }) => perS),
    );
    b.figure(
      "memory at the end of a round",
      "MB",
      rounds.map(({ rssMb }) => rssMb),
    );
    compareMemory(b, "memory at rest", first?.rssMb ?? 0, last.rssMb);
    compareMemory(b, "anonymous memory at rest", first?.anonymousMb ?? 0, last.anonymousMb);
    compareLateness(b, first?.lateMs ?? [], last.lateMs);
    const sockets = rounds.map((one) => one.sockets);
    b.figure(
      "sockets, last round against the tenth",
      "",
      (sockets.at(-1) ?? 0) - (sockets[Math.floor(count / 10)] ?? 0),
      { atMost: 10 },
    );
    b.figure("size of the history", "MB", statSync(file).size / 1e6);
    await hub.stop();
  } finally {
    await place.close();
  }
});
