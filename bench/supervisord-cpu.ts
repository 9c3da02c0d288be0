/**
 * What supervisord's own work grows by when an agent listens: processor time of supervisord (its own, not its children's)
 * for the same starts and stops at full speed, without any listener and with the agent. The runs alternate and the medians
 * are compared, because other things happen on a machine. `bun run bench supervisord-cpu`; needs supervisord and a built
 * binary.
 */
import { cpuS } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace } from "../test/support/test-place.ts";
import { drive, restless } from "../test/support/traffic.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { bench } from "./support/bench.ts";
import { median } from "./support/figure.ts";

const REPETITIONS = 5;
/** A second of processor time, which is told in hundredths. */
const PAIRS = 600;

/** Milliseconds of processor time for each start and stop. */
async function measure(agent: boolean, pairs: number): Promise<number> {
  const place = openTestPlace();
  try {
    const host = await startSupervisord(place, { name: "host", programs: restless(0), agent, recorder: false });
    if (agent) await waitFor("the agent", async () => (await host.stateOf("multivisor:multivisor")) === "RUNNING");
    await drive(host, 50); // warm
    const beforeS = cpuS(host.pid());
    await drive(host, pairs);
    return ((cpuS(host.pid()) - beforeS) * 1_000) / pairs;
  } finally {
    await place.close();
  }
}

await bench(import.meta.path, async (b) => {
  const pairs = b.size(PAIRS, 50);
  const runs = await b.repeat(
    REPETITIONS,
    async () => ({ without: await measure(false, pairs), withAgent: await measure(true, pairs) }),
    0,
  );
  const without = runs.map((run) => run.without);
  const withAgent = runs.map((run) => run.withAgent);
  b.figure("supervisord alone, for a start and stop", "ms", without);
  b.figure("supervisord with the agent", "ms", withAgent);
  b.figure("the second against the first", "", median(withAgent) / median(without), { atMost: 1.2 });
});
