/**
 * What looking at processes costs an agent: processor time of one look, and of looking every 5 s. Runs itself without the
 * just-in-time compiler, as agents do. `bun run bench resources`.
 */
import { createSampler, SAMPLE_MS } from "../src/agent/resources/sampler.ts";
import { processInfo } from "../test/fixtures.ts";
import { type Bench, bench } from "./support/bench.ts";

const LOOKS = 10;
const RUNS = 5;

if (process.env.BUN_JSC_useJIT !== "0") {
  const { exitCode } = Bun.spawnSync([process.execPath, import.meta.path, ...process.argv.slice(2)], {
    env: { ...process.env, BUN_JSC_useJIT: "0" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.exit(exitCode);
}

async function measure(b: Bench, processes: number): Promise<void> {
  // Each with a child, as behind a shell script.
  const started = Array.from({ length: processes }, () =>
    Bun.spawn(["/bin/sh", "-c", "sleep 1000; :"], { stdio: ["ignore", "ignore", "ignore"] }),
  );
  try {
    await Bun.sleep(1_000);
    const infos = started.map(({ pid }, i) => processInfo({ group: "g", name: `p${i}`, pid }));
    const sampler = createSampler(() => infos, Date.now);
    const first = sampler.sample();
    const looks = await b.repeat(RUNS, () => {
      const before = process.cpuUsage();
      for (let i = 0; i < LOOKS; i++) sampler.sample();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1_000 / LOOKS;
    });
    const name = `${processes} processes with a child each`;
    b.must(
      `${name}: seen`,
      "",
      (first?.processes ?? []).reduce((a, c) => a + c, 0),
      { atLeast: 2 * processes },
    );
    b.figure(`${name}: one look`, "ms of a core", looks);
    b.figure(
      `${name}: a look every ${SAMPLE_MS / 1_000} s`,
      "% of a core",
      looks.map((ms) => (ms / SAMPLE_MS) * 100),
    );
    b.figure(`${name}: its message`, "kB", JSON.stringify(sampler.sample()).length / 1_000);
  } finally {
    Bun.spawnSync(["pkill", "-P", started.map(({ pid }) => pid).join(",")]);
    for (const child of started) child.kill("SIGKILL");
  }
}

await bench(import.meta.path, async (b) => {
  for (const processes of b.size([50, 500], [20])) await measure(b, processes);
});
