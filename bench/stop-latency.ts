/**
 * From the call of stopProcess at supervisord to STOPPED on the hub's /api/stream, agent under supervisord in between:
 * `bun run bench stop-latency`. Needs supervisord and a built binary.
 */
import { parseSse } from "../src/lib/sse-parse.ts";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";
import { percentile } from "./support/figure.ts";

const ROUNDS = 300;
const WARM_UPS = 20;
const PROGRAM =
  "[program:cat]\ncommand=/bin/cat\nstartsecs=0\nautostart=false\nstopsignal=KILL\nstdout_logfile=NONE\nstderr_logfile=NONE\n";

async function measure(b: Bench, place: TestPlace): Promise<void> {
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

  const took = await b.repeat(
    ROUNDS,
    async () => {
      const running = entered("RUNNING");
      await host.rpc("supervisor.startProcess", "cat:cat", false);
      await running;
      const stopped = entered("STOPPED");
      const called = performance.now();
      await host.rpc("supervisor.stopProcess", "cat:cat", false);
      return (await stopped) - called;
    },
    WARM_UPS,
  );
  b.figure("stopProcess to STOPPED on /api/stream", "ms", took, { atMost: 4 });
  b.figure("stopProcess to STOPPED, p95", "ms", percentile(took, 0.95), { atMost: 10 });
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
