/**
 * `bun run bench [name…] [--smoke] [options of the one bench that is named]`: all benches one after the other, or those
 * named. Each prints a table and keeps its figures in bench/results/NAME.json; what each is for: bench/README.md.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Take an hour: they run when they are named, and in a smoke run. */
const BY_NAME = ["long-open"];
/** A bench that hangs is ended. */
const MOST_MS = 2 * 3_600_000;

const folder = import.meta.dir;
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length));
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith("-"));
const asked = firstOption < 0 ? words : words.slice(0, firstOption);
const options = firstOption < 0 ? [] : words.slice(firstOption);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}; there are ${known.join(", ")}`);
  process.exit(2);
}
const began = performance.now();
const failed: string[] = [];
const all = options.includes("--smoke") ? known : known.filter((name) => !BY_NAME.includes(name));
for (const name of asked.length > 0 ? asked : all) {
  console.log(`\n${name}`);
  const { exitCode } = Bun.spawnSync([process.execPath, join(folder, `${name}.ts`), ...options], {
    ...{ cwd: join(folder, ".."), timeout: MOST_MS, stdio: ["ignore", "inherit", "inherit"] },
  });
  if (exitCode !== 0) failed.push(name);
}
console.log(`\n${Math.round((performance.now() - began) / 1_000)} s in all`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
