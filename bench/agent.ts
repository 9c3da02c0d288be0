/**
 * What the agent costs a host: memory and processor time at rest, and what it adds to supervisord's while programs come
 * and go. Needs supervisord and a built binary: `bun bench/agent.ts [seconds at rest] [binary]`.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { BINARY } from "../test/support/executable.ts";
import { startSupervisord, type TestSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";

const REST_S = Number(process.argv[2] ?? 30);
const binary = resolve(process.argv[3] ?? BINARY);
const multivisorCommand = (...args: string[]) => [binary, ...args];
const ROUNDS = 40;
const QUICK = 5;
const TICKS_PER_S = 100; // getconf CLK_TCK, the same on every Linux

const programs = (count: number) => `
[program:steady]
command=sleep 100000
process_name=s%(process_num)d
numprocs=${count}
startsecs=0
stopsignal=KILL
[program:quick]
command=sleep 100000
process_name=q%(process_num)d
numprocs=${QUICK}
autostart=false
startsecs=0
stopsignal=KILL
`;

/** utime + stime of a process, without its children. */
function cpuS(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

function memoryKb(pid: number, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
}

async function churn(host: TestSupervisord): Promise<number> {
  const before = cpuS(host.pid());
  const names = Array.from({ length: QUICK }, (_, i) => `quick:q${i}`);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of names) await host.rpc("supervisor.startProcess", name, false);
    for (const name of names) await host.rpc("supervisor.stopProcess", name, false);
    await waitFor("all to be stopped", async () =>
      (await Promise.all(names.map((name) => host.stateOf(name)))).every((state) => state === "STOPPED"),
    );
  }
  return cpuS(host.pid()) - before;
}

async function atRest(host: TestSupervisord) {
  const pid = await waitFor("the agent", () => host.pidOf("multivisor:multivisor"));
  await Bun.sleep(5_000); // until it has come to rest
  const [agentBefore, supervisordBefore] = [cpuS(pid), cpuS(host.pid())];
  await Bun.sleep(REST_S * 1_000);
  return {
    rssMb: memoryKb(pid, "VmRSS") / 1_024,
    anonymousMb: memoryKb(pid, "RssAnon") / 1_024,
    agentCpuPercent: ((cpuS(pid) - agentBefore) / REST_S) * 100,
    supervisordCpuPercent: ((cpuS(host.pid()) - supervisordBefore) / REST_S) * 100,
  };
}

async function measure(place: TestPlace, processes: number) {
  const withAgent = await startSupervisord(place, {
    name: `with${processes}`,
    programs: programs(processes),
    multivisorCommand,
  });
  const rest = await atRest(withAgent);
  const churnS = await churn(withAgent);
  await withAgent.stop();
  const without = await startSupervisord(place, {
    name: `without${processes}`,
    programs: programs(processes),
    agent: false,
  });
  const churnWithoutS = await churn(without);
  await without.stop();
  return { processes, ...rest, churnS, churnWithoutS, churnRatio: churnS / churnWithoutS };
}

const place = openTestPlace();
try {
  const rows = [];
  for (const processes of [10, 200]) rows.push(await measure(place, processes));
  const rounded = rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, Number(v.toFixed(2))])));
  console.table(rounded);
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(
    `${import.meta.dir}/results/agent.json`,
    `${JSON.stringify({ restS: REST_S, rows: rounded }, null, 2)}\n`,
  );
} finally {
  await place.close();
}
