/**
 * One process takes 60 s to stop (SIGTERM trapped, stopwaitsecs=60): how long other actions and questions on the same
 * supervisor take meanwhile, what processor time supervisord and agent use, and what is told when it ends.
 * `bun run bench long-stop`; needs supervisord and a built binary.
 */
import { openEventStream } from "../test/support/event-stream.ts";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { cpuPercent } from "./support/cost.ts";
import { percentile } from "./support/figure.ts";

const programs = (stopwaitsecs: number) => `
[program:stubborn]
command=/bin/bash -c "trap '' TERM; while :; do sleep 1; done"
stopwaitsecs=${stopwaitsecs}
startsecs=0
killasgroup=true
[program:quick]
command=/bin/sleep 100000
startsecs=0
stopsignal=KILL
`;

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await act();
  return performance.now() - start;
};

async function measure(b: Bench, place: TestPlace): Promise<void> {
  const seconds = b.size(60, 8);
  const host = await startSupervisord(place, { name: "lid001", programs: programs(seconds), recorder: false });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  const stream = await openEventStream(place, hub.url);
  const agentPid = await host.pidOf("multivisor:multivisor");
  const post = async (action: string, name: string) =>
    (await hub.post(`/api/process/${action}`, { uid: `lid001:${name}:${name}` })).text();
  const state = async () => (await hub.process("lid001:stubborn:stubborn"))?.statename;
  await Bun.sleep(b.size(3_000, 200));
  const began = performance.now();
  const answer = post("stop", "stubborn").then(() => performance.now() - began);
  await waitFor("STOPPING", async () => (await state()) === "STOPPING");
  // First without anything else, for what waiting alone costs.
  const waiting = () => Bun.sleep(b.size(10_000, 1_000));
  const [supervisord, agent] = await Promise.all([host.pid(), agentPid].map((pid) => cpuPercent(pid, waiting)));
  b.figure("while one waits: supervisord's processor", "%", supervisord ?? 0);
  b.figure("while one waits: the agent's processor", "%", agent ?? 0);
  const took = { stop: [] as number[], start: [] as number[], info: [] as number[] };
  while ((await state()) === "STOPPING" && took.stop.length < b.size(60, 3)) {
    took.stop.push(await timed(() => post("stop", "quick")));
    took.start.push(await timed(() => post("start", "quick")));
    took.info.push(await timed(() => hub.get("/api/process/info/lid001:quick:quick")));
    await Bun.sleep(100);
  }
  for (const [what, values] of Object.entries(took)) {
    b.figure(`another ${what}`, "ms", values);
    b.figure(`another ${what}, p99`, "ms", percentile(values, 0.99));
  }
  await stream.first(
    "the end to be told",
    ({ event, payload }) =>
      event === "notification" && /^Stopped stubborn on|stubborn.*to STOPPED/.test(String(payload.message)),
    (seconds + 30) * 1_000,
  );
  b.figure("the stop was answered after", "s", (await answer) / 1_000);
  b.figure("its end was told after", "s", (performance.now() - began) / 1_000);
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
