/**
 * `bun run bench [name…] [--smoke] [options of the one bench that is named]`: all benches one after the other, or those
 * named. Each prints a table and keeps its figures in bench/results/NAME.json; what each is for: bench/README.md.
 */
import { readdirSync } from "node:fs";
import { runBench } from "./support/run-bench.ts";

/** Takes an hour: it runs when it is named, and in a smoke run. */
const BY_NAME = ["long-open"];
/** These wait for clocks and hardly compute, so they do it at the same time. */
const SIDE_BY_SIDE = ["long-stop", "vanish"];

const known = readdirSync(import.meta.dir)
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith("-"));
const asked = firstOption < 0 ? words : words.slice(0, firstOption);
const options = firstOption < 0 ? [] : words.slice(firstOption);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`No bench is called ${unknown.join(", ")}; there are ${known.join(", ")}`);
  process.exit(2);
}

const ended = new AbortController();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => ended.abort());
const began = performance.now();
const failed: string[] = [];

async function run(name: string, isShown: boolean): Promise<void> {
  if (isShown) console.log(`\n${name}`);
  if (!(await runBench(name, options, isShown, ended.signal))) failed.push(name);
}

const all = options.includes("--smoke") ? known : known.filter((name) => !BY_NAME.includes(name));
const names = asked.length > 0 ? asked : all;
const together = names.filter((name) => SIDE_BY_SIDE.includes(name));
for (const name of names) if (together.length < 2 || !together.includes(name)) await run(name, true);
if (together.length > 1) await Promise.all(together.map((name) => run(name, false)));
console.log(`\n${Math.round((performance.now() - began) / 1_000)} s in all`);
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`);
  process.exitCode = 1;
}
if (ended.signal.aborted) process.exitCode = 130;
