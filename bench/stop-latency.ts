/**
 * From the call of stopProcess at supervisord to STOPPED on the hub's /api/stream, agent under supervisord in between:
 * `bun bench/stop-latency.ts [rounds]`. Needs supervisord and a built binary.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { parseSse } from "../src/lib/sse-parse.ts";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";

const ROUNDS = Number(process.argv[2] ?? 300);
const PROGRAM =
  "[program:cat]\ncommand=/bin/cat\nstartsecs=0\nautostart=false\nstopsignal=KILL\nstdout_logfile=NONE\nstderr_logfile=NONE\n";

const place = openTestPlace();
try {
  const host = await startSupervisord(place, { name: "host", programs: PROGRAM, recorder: false });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("host");
  await waitFor("the agent's process", async () => (await host.stateOf("multivisor:multivisor")) === "RUNNING");

  let seen: (state: string) => void = () => {};
  const response = await fetch(`${hub.url}/api/stream`);
  void (async () => {
    if (response.body === null) return;
    for await (const { data } of parseSse(response.body)) {
      const { event, payload } = JSON.parse(data) as { event: string; payload: { uid: string; statename: string } };
      if (event === "process_changed" && payload.uid === "host:cat:cat") seen(payload.statename);
    }
  })().catch(() => {});
  const entered = (state: string) =>
    new Promise<number>((resolve) => {
      seen = (one) => one === state && resolve(performance.now());
    });

  const latencies: number[] = [];
  for (let round = -20; round < ROUNDS; round++) {
    const running = entered("RUNNING");
    await host.rpc("supervisor.startProcess", "cat:cat", false);
    await running;
    const stopped = entered("STOPPED");
    const called = performance.now();
    await host.rpc("supervisor.stopProcess", "cat:cat", false);
    const at = await stopped;
    if (round >= 0) latencies.push(at - called);
  }
  if (process.env.RAW) console.log(latencies.map((x) => x.toFixed(1)).join(" "));
  latencies.sort((a, b) => a - b);
  const at = (share: number) => Number((latencies[Math.floor(latencies.length * share)] ?? 0).toFixed(2));
  const result = { rounds: ROUNDS, minMs: at(0), medianMs: at(0.5), p95Ms: at(0.95), maxMs: at(0.9999) };
  console.table([result]);
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(`${import.meta.dir}/results/stop-latency.json`, `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await place.close();
}
process.exit(0);
