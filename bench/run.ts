/** `bun run bench [name…]`: all benches one after the other, or those named. Each writes bench/results/NAME.json. */
import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dir;
const known = readdirSync(folder)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}; there are ${known.join(", ")}`);
  process.exit(2);
}
for (const name of asked.length > 0 ? asked : known) {
  console.log(`\n${name}`);
  const { exitCode } = Bun.spawnSync([process.execPath, join(folder, `${name}.ts`)], {
    cwd: join(folder, ".."),
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (exitCode !== 0) process.exitCode = 1;
}
