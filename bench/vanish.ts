/**
 * A host that vanishes without a FIN, again and again: how soon it is shown as down, how soon a command to it fails, how soon
 * it is live again, and what hub and agent hold afterwards. Needs supervisord, a built binary and the right to make network
 * namespaces: `bun bench/vanish.ts [rounds]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { startHub } from "../test/support/hub.ts";
import { openNamespace } from "../test/support/network-namespace.ts";
import { rssMb, socketsOf } from "../test/support/process-figures.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { waitFor } from "../test/support/wait-for.ts";

const ROUNDS = Number(process.argv[2] ?? 50);
const PROGRAMS = "[program:sleeper]\ncommand=/bin/sleep 100000\nstartsecs=0\n";

const since = (start: number) => Math.round(performance.now() - start);

async function measure(place: TestPlace) {
  const network = openNamespace(place);
  const { address, prefix } = network;
  const host = await startSupervisord(place, { name: "far", programs: PROGRAMS, address, prefix, recorder: false });
  const hub = await startHub(place, { supervisors: [{ ...host, host: address }] });
  await hub.live("far");
  const isLive = async () => (await hub.data()).supervisors.far?.running === true;
  const agentPid = await host.pidOf("multivisor:multivisor");
  const rows = [];
  for (let round = 1; round <= ROUNDS; round++) {
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
      ...{ round, downMs, commandMs, liveMs, hubSockets: socketsOf(hubPid), agentSockets: socketsOf(agentPid) },
      ...{ hubRssMb: Math.round(rssMb(hubPid)), agentRssMb: Math.round(rssMb(agentPid)) },
    });
  }
  return rows;
}

const place = openTestPlace();
try {
  const rows = await measure(place);
  console.table(rows);
  const worst = (key: "downMs" | "commandMs" | "liveMs") => Math.max(...rows.map((row) => row[key]));
  const summary = { rounds: ROUNDS, downMs: worst("downMs"), commandMs: worst("commandMs"), liveMs: worst("liveMs") };
  console.log("worst of all rounds:");
  console.table([summary]);
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(`${import.meta.dir}/results/vanish.json`, `${JSON.stringify({ worst: summary, rows }, null, 2)}\n`);
} finally {
  await place.close();
}
