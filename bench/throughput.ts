/**
 * How many transitions a second reach all who listen: 1, 50 and 500 readers of /api/stream and of the page of
 * processes. 100 hosts with 50 processes are played by another process, the readers are in a third one. `bun run bench
 * throughput`; needs a built binary.
 */
import { type HubMember, startHub, type TestHub } from "../test/support/hub.ts";
import { cpuS } from "../test/support/process-figures.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { type Client, startClient } from "./support/client.ts";

const [HOSTS, PROCESSES] = [100, 50];
const LATE = { atMost: 250 };
/** A hub that is hot already gets used to another number of readers. */
const WARM_UP_S = 1.5;
/** After the last was sent. */
const PATIENCE_MS = 60_000;

type Got = { readonly arrived: number; readonly bytes: number; readonly connected: number; readonly p99Ms: number };
type Load = { readonly path: string; readonly readers: number; readonly perS: number; readonly seconds: number };
type Parts = { readonly hub: TestHub; readonly agents: Client };

async function until(readers: Client, arrived: number): Promise<Got> {
  const look = () => readers.ask<Got>("look");
  const all = async () => {
    const got = await look();
    return got.arrived >= arrived || got.connected === 0;
  };
  await waitFor("all to arrive", all, PATIENCE_MS).catch(() => {});
  return readers.ask<Got>("take");
}

/** Processor time of the hub in microseconds for each transition, with all that it does for it. */
async function once({ hub, agents }: Parts, load: Load) {
  const readers = startClient("counting-readers.ts", hub.url + load.path, load.readers);
  try {
    await readers.ready;
    const before = cpuS(hub.pid());
    const sent = await agents.ask<number>({ rate: load.perS, seconds: load.seconds });
    const isApi = load.path === "/api/stream";
    const got = await until(readers, isApi ? sent * load.readers : 0);
    const microseconds = ((cpuS(hub.pid()) - before) * 1e6) / sent;
    return { sent, got, microseconds };
  } finally {
    await readers.close();
  }
}

async function measure(b: Bench, parts: Parts, load: Load): Promise<void> {
  const name = `${load.readers} of ${load.path}, ${load.perS}/s`;
  if (!b.smoke) await once(parts, { ...load, seconds: WARM_UP_S });
  const runs = await b.repeat(3, () => once(parts, load), 0);
  const [offered, arrived] = [runs.map(({ sent }) => sent * load.readers), runs.map(({ got }) => got.arrived)];
  b.figure(
    `${name}: hub's processor`,
    "µs each",
    runs.map(({ microseconds }) => microseconds),
  );
  b.figure(
    `${name}: sent to readers`,
    "MB/s",
    runs.map(({ got }) => got.bytes / load.seconds / 1e6),
  );
  if (load.path !== "/api/stream") return;
  b.figure(`${name}: offered`, "", offered);
  b.figure(`${name}: arrived`, "", arrived, { atLeast: Math.min(...offered) });
  b.figure(
    `${name}: lateness, p99`,
    "ms",
    runs.map(({ got }) => got.p99Ms),
    LATE,
  );
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  const agents = startClient("prepared-agents.ts", b.size(HOSTS, 5), PROCESSES);
  try {
    const ports = (await agents.ready) as readonly number[];
    const supervisors: HubMember[] = ports.map((agentPort, i) => ({ name: `host${i}`, agentPort }));
    const hub = await startHub(place, { supervisors });
    await hub.live(...supervisors.map(({ name }) => name));
    const seconds = b.size(4, 0.2);
    const rate = (perS: number) => b.size(perS, 500);
    const readers = (count: number) => b.size(count, Math.min(3, count));
    const api = { path: "/api/stream", seconds };
    await measure(b, { hub, agents }, { ...api, readers: readers(1), perS: rate(40_000) });
    await measure(b, { hub, agents }, { ...api, readers: readers(50), perS: rate(8_000) });
    await measure(b, { hub, agents }, { ...api, readers: readers(500), perS: rate(800) });
    const page = { path: "/live/processes", seconds };
    await measure(b, { hub, agents }, { ...page, readers: readers(1), perS: rate(8_000) });
    await measure(b, { hub, agents }, { ...page, readers: readers(50), perS: rate(8_000) });
    await measure(b, { hub, agents }, { ...page, readers: readers(500), perS: rate(800) });
  } finally {
    await agents.close();
    await place.close();
  }
  b.note("One transition is two messages to each reader. The hub's processor time includes writing the history.");
});
