/**
 * What supervisord's own work grows by when an agent listens: processor time of supervisord (its own, not its children's)
 * for the same starts and stops at full speed, without any listener and with the agent. The runs alternate and the medians
 * are compared, because other things happen on a machine. Needs supervisord and a built binary:
 * `bun bench/supervisord-cpu.ts [repetitions] [starts and stops in each]`.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { drive, restless } from "../test/support/traffic.ts";
import { waitFor } from "../test/support/wait-for.ts";

const REPETITIONS = Number(process.argv[2] ?? 7);
const PAIRS = Number(process.argv[3] ?? 1_000);
const TICKS_PER_S = 100; // getconf CLK_TCK, the same on every Linux

/** utime + stime of a process, without its children. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) / TICKS_PER_S) * 1_000;
}

/** Milliseconds of processor time for each start and stop. */
async function measure(agent: boolean): Promise<number> {
  const place = openTestPlace();
  try {
    const host = await startSupervisord(place, { name: "host", programs: restless(0), agent, recorder: false });
    if (agent) await waitFor("the agent", async () => (await host.stateOf("multivisor:multivisor")) === "RUNNING");
    await drive(host, 50); // warm
    const before = cpuMs(host.pid());
    await drive(host, PAIRS);
    return (cpuMs(host.pid()) - before) / PAIRS;
  } finally {
    await place.close();
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;

const without: number[] = [];
const withAgent: number[] = [];
for (let i = 0; i < REPETITIONS; i++) {
  without.push(await measure(false));
  withAgent.push(await measure(true));
}
const round = (value: number) => Number(value.toFixed(3));
const result = {
  ...{ repetitions: REPETITIONS, pairs: PAIRS },
  withoutMsPerPair: round(median(without)),
  withAgentMsPerPair: round(median(withAgent)),
  ratio: round(median(withAgent) / median(without)),
};
console.table([result]);
mkdirSync(`${import.meta.dir}/results`, { recursive: true });
writeFileSync(
  `${import.meta.dir}/results/supervisord-cpu.json`,
  `${JSON.stringify({ ...result, without, withAgent }, null, 2)}\n`,
);
