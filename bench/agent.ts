/**
 * What the agent costs a host: memory and processor time at rest with 10, 100 and 1,000 processes under a real supervisord,
 * at 1,000 events a second, and while a log is followed that grows by 10 MB a second. `bun run bench agent`; needs
 * supervisord and a built binary.
 */
import { appendFileSync } from "node:fs";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { startClient } from "./support/client.ts";
import { cpuPercent, memoryMb } from "./support/cost.ts";
import { playSupervisord } from "./support/played-supervisord.ts";

const EVENTS_PER_S = 1_000;
const LOG_BYTES_PER_S = 10_000_000;
const WRITE_MS = 20;
/** The figures of the table are those of a host with few processes. */
const GOALS = { rssMb: { atMost: 38 }, anonymousMb: { atMost: 8 } };

const steady = (count: number) => `
[program:steady]
command=sleep 100000
process_name=s%(process_num)d
numprocs=${count}
startsecs=0
stopsignal=KILL
stdout_logfile=NONE
stderr_logfile=NONE
`;

/** @returns keeps its figures */
async function atRest(b: Bench, processes: number): Promise<() => void> {
  const place = openTestPlace();
  try {
    const host = await startSupervisord(place, { name: "host", programs: steady(processes), recorder: false });
    const hub = await startHub(place, { supervisors: [host] });
    await hub.live("host");
    const pid = await waitFor("the agent", () => host.pidOf("multivisor:multivisor"));
    await Bun.sleep(b.size(8_000, 200)); // until it has come to rest
    const rest = () => Bun.sleep(b.size(5_000, 300));
    const cpu = await b.repeat(3, () => cpuPercent(pid, rest), 0);
    const { rssMb, anonymousMb } = memoryMb(pid);
    const goals = processes === 10 ? GOALS : null;
    return () => {
      b.figure(`${processes} processes: memory at rest`, "MB", rssMb, goals?.rssMb);
      b.figure(`${processes} processes: memory at rest, anonymous`, "MB", anonymousMb, goals?.anonymousMb);
      b.figure(`${processes} processes: processor at rest`, "%", cpu);
    };
  } finally {
    await place.close();
  }
}

async function atWork(b: Bench, place: TestPlace): Promise<void> {
  const { host, agentPort, agentPid, answered } = await playSupervisord(place, 50);
  const hub = await startHub(place, { supervisors: [{ name: "played", agentPort }] });
  await hub.live("played");
  let offered = 0;
  let dueMs = performance.now();
  const driving = setInterval(() => {
    for (; dueMs < performance.now(); dueMs += 1_000 / EVENTS_PER_S) if (host.supervisord.step()) offered++;
  }, 5);
  const cpu = await b.repeat(3, () => cpuPercent(agentPid, () => Bun.sleep(b.size(5_000, 500))));
  clearInterval(driving);
  await waitFor("all to be answered", () => answered() >= offered);
  b.figure(`${EVENTS_PER_S} events/s: processor`, "%", cpu);
  b.figure(`${EVENTS_PER_S} events/s: memory`, "MB", memoryMb(agentPid).rssMb);
  b.figure(`${EVENTS_PER_S} events/s: offered`, "", offered);
  b.must(`${EVENTS_PER_S} events/s: answered`, "", answered(), { atLeast: offered });
}

async function following(b: Bench, place: TestPlace): Promise<void> {
  const { host, agentPort, agentPid } = await playSupervisord(place, 5);
  const [process] = host.matching("PLC:*");
  if (process === undefined) throw new Error("no process");
  const path = host.logs.look(process, "stdout");
  const hub = await startHub(place, { supervisors: [{ name: "played", agentPort }] });
  await hub.live("played");
  const { group, name } = process.program;
  const of = new URLSearchParams({ log: `${group}:${name}`, channel: "stdout" });
  const reader = startClient("byte-reader.ts", `http://127.0.0.1:${agentPort}/v1/log/follow?${of}`);
  await reader.ready;
  const line = `${"a line of a log as long as many of them are, with some words in it".padEnd(99)}\n`;
  let written = 0;
  let dueMs = performance.now();
  const writing = setInterval(() => {
    for (; dueMs < performance.now(); dueMs += WRITE_MS) {
      const lines = line.repeat(Math.round((LOG_BYTES_PER_S * WRITE_MS) / 1_000 / line.length));
      appendFileSync(path, lines);
      written += lines.length;
    }
  }, WRITE_MS);
  const cpu = await b.repeat(3, () => cpuPercent(agentPid, () => Bun.sleep(b.size(4_000, 500))));
  clearInterval(writing);
  await Bun.sleep(500);
  b.figure("a log of 10 MB/s: processor", "%", cpu);
  b.figure("a log of 10 MB/s: memory", "MB", memoryMb(agentPid).rssMb);
  b.figure("a log of 10 MB/s: written", "MB", written / 1e6);
  b.must("a log of 10 MB/s: read", "MB", (await reader.ask<number>()) / 1e6, { atLeast: written / 1e6 });
  await reader.close();
}

await bench(import.meta.path, async (b) => {
  // At the same time: they hardly compute, and memory and processor time are of each agent alone.
  const resting = await Promise.all(b.size([10, 100, 1_000], [10]).map((processes) => atRest(b, processes)));
  for (const keep of resting) keep();
  for (const part of [atWork, following]) {
    const place = openTestPlace();
    await part(b, place).finally(() => place.close());
  }
});
