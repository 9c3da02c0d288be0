/** How long `multivisor cli status` takes from exec to exit, for a hub with 1,000 processes. Goal: below 120 ms. */
import { join } from "node:path";
import fixture from "../test/fixtures/api-data.json";

const RUNS = 40;
const PROCESSES = 1_000;
const binary = join(import.meta.dir, "..", "dist", "multivisor");

const [template] = Object.values(fixture.supervisors.lid001.processes);
const supervisor = (name: string) => {
  const processes = Array.from({ length: PROCESSES / 20 }, (_, i) => {
    const uid = `${name}:group${i % 5}:process${i}`;
    return [uid, { ...template, uid, supervisor: name, group: `group${i % 5}`, name: `process${i}` }];
  });
  return [name, { ...fixture.supervisors.lid001, name, processes: Object.fromEntries(processes) }];
};
const data = JSON.stringify({
  name: "bench",
  supervisors: Object.fromEntries(Array.from({ length: 20 }, (_, i) => supervisor(`host${i}`))),
});
const hub = Bun.serve({
  ...{ port: 0, hostname: "127.0.0.1" },
  fetch: () => new Response(data, { headers: { "content-type": "application/json" } }),
});

async function once(words: readonly string[]): Promise<number> {
  const began = performance.now();
  const child = Bun.spawn([binary, "cli", "--url", `127.0.0.1:${hub.port}`, ...words], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const lines = (await new Response(child.stdout).text()).split("\n").length;
  await child.exited;
  if (words[0] === "status" && lines < PROCESSES) throw new Error(`only ${lines} lines`);
  return performance.now() - began;
}

async function measure(words: readonly string[]) {
  await once(words);
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) times.push(await once(words));
  times.sort((a, b) => a - b);
  const at = (part: number) => Math.round((times[Math.floor(times.length * part)] ?? 0) * 10) / 10;
  return { medianMs: at(0.5), p95Ms: at(0.95) };
}

const result = {
  processes: PROCESSES,
  runs: RUNS,
  status: await measure(["status"]),
  statusJson: await measure(["status", "--json"]),
  version: await measure(["version"]),
};
await hub.stop(true);
console.log(JSON.stringify(result, null, 2));
await Bun.write(join(import.meta.dir, "results", "cli-start.json"), `${JSON.stringify(result, null, 2)}\n`);
