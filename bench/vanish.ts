/**
 * A host that vanishes without a FIN, again and again: how soon it is shown as down, how soon a command to it fails, how soon
 * it is live again, and what hub and agent hold afterwards. Needs supervisord, a built binary and the right to make network
 * namespaces: `bun run bench vanish`.
 */
import { startHub } from "../test/support/hub.ts";
import { openNamespace } from "../test/support/network-namespace.ts";
import { rssMb, socketsOf } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";
import { type Bench, bench } from "./support/bench.ts";

/** Each takes 15 s, most of it the silence after which a host is given up. */
const ROUNDS = 5;
const PROGRAMS = "[program:sleeper]\ncommand=/bin/sleep 100000\nstartsecs=0\n";

const since = (start: number) => Math.round(performance.now() - start);

type Round = Record<
  "downMs" | "commandMs" | "liveMs" | "hubSockets" | "agentSockets" | "hubRssMb" | "agentRssMb",
  number
>;

async function measure(b: Bench, place: TestPlace): Promise<void> {
  const network = openNamespace(place);
  const { address, prefix } = network;
  const host = await startSupervisord(place, { name: "far", programs: PROGRAMS, address, prefix, recorder: false });
  const hub = await startHub(place, { supervisors: [{ ...host, host: address }] });
  await hub.live("far");
  const isLive = async () => (await hub.data()).supervisors.far?.running === true;
  const agentPid = await host.pidOf("multivisor:multivisor");
  const rows: Round[] = [];
  for (let round = 1; round <= b.size(ROUNDS, 1); round++) {
    // Anywhere between two heartbeats.
    await Bun.sleep(1_000 + (round % 10) * 500);
    let start = performance.now();
    network.pull();
    await waitFor("far to be down", async () => !(await isLive()), 30_000);
    const downMs = since(start);
    start = performance.now();
    await hub.post("/api/process/stop", { uid: "far:sleeper:sleeper" });
    const commandMs = since(start);
    await Bun.sleep((round * 700) % 5_000);
    start = performance.now();
    network.plug();
    await waitFor("far to be live", isLive, 60_000);
    const [hubPid, liveMs] = [hub.pid(), since(start)];
    rows.push({
      ...{ downMs, commandMs, liveMs, hubSockets: socketsOf(hubPid), agentSockets: socketsOf(agentPid) },
      ...{ hubRssMb: Math.round(rssMb(hubPid)), agentRssMb: Math.round(rssMb(agentPid)) },
    });
  }
  const all = (key: keyof Round) => rows.map((row) => row[key]);
  b.figure("shown as down after", "ms", all("downMs"), { atMost: 15_000 });
  b.figure("a command to it fails after", "ms", all("commandMs"));
  b.figure("live again after", "ms", all("liveMs"), { atMost: 5_000 });
  b.figure("sockets of the hub", "", all("hubSockets"));
  b.figure("sockets of the agent", "", all("agentSockets"));
  b.figure("memory of the hub", "MB", all("hubRssMb"));
  b.figure("memory of the agent", "MB", all("agentRssMb"));
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
