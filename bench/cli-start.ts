/** How long `multivisor cli status` takes from exec to exit, for a hub with 1,000 processes. Goal: below 120 ms. */
import { join } from "node:path";
import fixture from "../test/fixtures/api-data.json";
import { bench } from "./support/bench.ts";
import { percentile } from "./support/figure.ts";

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

await bench(import.meta.path, async (b) => {
  for (const words of [["status"], ["status", "--json"], ["version"]]) {
    const took = await b.repeat(RUNS, () => once(words));
    const goal = words[0] === "status" ? { atMost: 120 } : undefined;
    b.figure(`cli ${words.join(" ")}`, "ms", took, goal);
    b.figure(`cli ${words.join(" ")}, p95`, "ms", percentile(took, 0.95));
  }
  await hub.stop(true);
});
