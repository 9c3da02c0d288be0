/**
 * What looking at processes costs an agent: processor time of one look, and of looking every 5 s. Runs itself without the
 * just-in-time compiler, as agents do. `bun bench/resources.ts [looks]`.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { createSampler, SAMPLE_MS } from "../src/agent/resources/sampler.ts";
import { processInfo } from "../test/fixtures.ts";

const LOOKS = Number(process.argv[2] ?? 40);

if (process.env.BUN_JSC_useJIT !== "0") {
  const { exitCode } = Bun.spawnSync([process.execPath, import.meta.path, ...process.argv.slice(2)], {
    env: { ...process.env, BUN_JSC_useJIT: "0" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  process.exit(exitCode);
}

function measure(processes: number) {
  // Each with a child, as behind a shell script.
  const started = Array.from({ length: processes }, () =>
    Bun.spawn(["/bin/sh", "-c", "sleep 1000; :"], { stdio: ["ignore", "ignore", "ignore"] }),
  );
  try {
    Bun.sleepSync(1_000);
    const infos = started.map(({ pid }, i) => processInfo({ group: "g", name: `p${i}`, pid }));
    const sampler = createSampler(() => infos, Date.now);
    const first = sampler.sample();
    const before = process.cpuUsage();
    for (let i = 0; i < LOOKS; i++) sampler.sample();
    const { user, system } = process.cpuUsage(before);
    const lookMs = (user + system) / 1_000 / LOOKS;
    return {
      processes,
      withChildren: (first?.processes ?? []).reduce((a, b) => a + b, 0),
      lookMs: Number(lookMs.toFixed(2)),
      percentOfACore: Number(((lookMs / SAMPLE_MS) * 100).toFixed(3)),
      messageBytes: JSON.stringify(sampler.sample()).length,
    };
  } finally {
    Bun.spawnSync(["pkill", "-P", started.map(({ pid }) => pid).join(",")]);
    for (const child of started) child.kill("SIGKILL");
  }
}

const rows = [50, 500].map(measure);
console.table(rows);
mkdirSync(`${import.meta.dir}/results`, { recursive: true });
writeFileSync(`${import.meta.dir}/results/resources.json`, `${JSON.stringify({ looks: LOOKS, rows }, null, 2)}\n`);
