/**
 * One process takes 60 s to stop (SIGTERM trapped, stopwaitsecs=60): how long other actions and questions on the same
 * supervisor take meanwhile, what processor time supervisord and agent use, and what is told when it ends. Needs supervisord
 * and a built binary: `bun bench/long-stop.ts [seconds]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { openEventStream } from "../test/support/event-stream.ts";
import { startHub } from "../test/support/hub.ts";
import { cpuS } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";

const SECONDS = Number(process.argv[2] ?? 60);
const PROGRAMS = `
[program:stubborn]
command=/bin/bash -c "trap '' TERM; while :; do sleep 1; done"
stopwaitsecs=${SECONDS}
startsecs=0
killasgroup=true
[program:quick]
command=/bin/sleep 100000
startsecs=0
stopsignal=KILL
`;

const round = (value: number) => Number(value.toFixed(1));
const at = (values: readonly number[], share: number) =>
  round([...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0);
const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};

async function measure(place: TestPlace) {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS, recorder: false });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  const stream = await openEventStream(place, hub.url);
  const agentPid = await host.pidOf("multivisor:multivisor");
  const post = async (action: string, name: string) =>
    (await hub.post(`/api/process/${action}`, { uid: `lid001:${name}:${name}` })).text();
  const state = async () => (await hub.process("lid001:stubborn:stubborn"))?.statename;
  await Bun.sleep(3_000);
  const start = performance.now();
  const answer = post("stop", "stubborn").then((text) => ({ text: text.trim(), ms: performance.now() - start }));
  await waitFor("STOPPING", async () => (await state()) === "STOPPING");
  // First without anything else, for what waiting alone costs.
  const [supervisordBefore, agentBefore] = [cpuS(host.pid()), cpuS(agentPid)];
  await Bun.sleep(10_000);
  const share = (before: number, pid: number) => round(((cpuS(pid) - before) / 10) * 100);
  const waiting = { supervisord: share(supervisordBefore, host.pid()), agent: share(agentBefore, agentPid) };
  const figures = { stop: [] as number[], start: [] as number[], info: [] as number[] };
  while ((await state()) === "STOPPING" && figures.stop.length < 60) {
    figures.stop.push(await timed(() => post("stop", "quick")));
    figures.start.push(await timed(() => post("start", "quick")));
    figures.info.push(await timed(() => hub.get("/api/process/info/lid001:quick:quick")));
    await Bun.sleep(100);
  }
  const told = await stream.first(
    "the end to be told",
    ({ event, payload }) =>
      event === "notification" && /^Stopped stubborn on|stubborn.*to STOPPED/.test(String(payload.message)),
    (SECONDS + 30) * 1_000,
  );
  return {
    ...{ seconds: SECONDS, rounds: figures.stop.length, cpuPercentWhileWaiting: waiting },
    p50Ms: { stop: at(figures.stop, 0.5), start: at(figures.start, 0.5), info: at(figures.info, 0.5) },
    worstMs: { stop: at(figures.stop, 0.999), start: at(figures.start, 0.999), info: at(figures.info, 0.999) },
    stopAnswered: { ...(await answer), ms: Math.round((await answer).ms) },
    endTold: { afterMs: Math.round(performance.now() - start), message: String(told.payload.message) },
  };
}

const place = openTestPlace();
try {
  const result = await measure(place);
  console.log(JSON.stringify(result, null, 2));
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(`${import.meta.dir}/results/long-stop.json`, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await place.close();
}
