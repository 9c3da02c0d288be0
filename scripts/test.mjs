/**
 * `npm test`, with nothing but Node and npm on the machine: installs what is missing, runs the gate, builds the
 * executable, runs every test against it, lets everything go wrong once (`faults/`) and each bench run small. The last line
 * is the sum: `N passed, N failed`. Words after `--` are handed to the test runner in the place of all that.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { COVERAGE_DIR, coverageLines } from "./coverage.mjs";
import { ensureDebianPackages } from "./debian-packages.mjs";
import { failedTests } from "./failed-tests.mjs";
import { runGate } from "./gate.mjs";
import { junitTotals } from "./junit-totals.mjs";
import { BUN, ensureNodeModules } from "./node-modules.mjs";

const FAULTS_REPORT = "build/faults.json";
const PACKAGES = [
  "supervisor",
  "chromium",
  "tmux",
  "procps",
  "iproute2",
  "openssl",
  "prometheus",
  "zsh",
  "fish",
  "less",
  "python3-zmq",
  "python3-msgpack",
  "libfaketime",
];

const succeeds = (...words) => spawnSync(words[0], words.slice(1), { stdio: "inherit" }).status === 0;

/** A stale executable must not stand in for one that does not build. */
function build() {
  rmSync("dist/multivisor", { force: true });
  return succeeds(BUN, "scripts/build.ts");
}

/**
 * What runs side by side, in two parts that take as long: much of a test waits for supervisord, so two cores do both in little
 * more than the time of one. Lines are counted where tests run in our own process.
 */
function parts() {
  const first = (file) => file.startsWith("src/") || file < "test/f";
  const coverage = ["--coverage", "--coverage-reporter=lcov", `--coverage-dir=${COVERAGE_DIR}`];
  return {
    first: [...testFiles().filter(first).map(path), ...coverage],
    second: testFiles()
      .filter((file) => !first(file))
      .map(path),
  };
}

const path = (file) => `./${file}`;

/** @returns what the runner's report says; what it printed is shown when it has ended, so that parts do not mix */
async function runPart(name, words) {
  const report = `build/junit-${name}.xml`;
  rmSync(report, { force: true });
  // Only against tests that hang: how fast a machine is, is no promise.
  const args = ["test", "--timeout=60000", ...words, "--reporter=junit", `--reporter-outfile=${report}`];
  const child = spawn(BUN, args, { stdio: ["ignore", "pipe", "pipe"] });
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => printed.push(chunk));
  const [code] = await once(child, "close");
  const text = Buffer.concat(printed).toString();
  process.stdout.write(text);
  const totals = junitTotals(report);
  return { ...totals, failed: code === 0 ? totals.failed : Math.max(totals.failed, 1), failures: failedTests(text) };
}

/** @param only words for the runner; none: all tests, and which lines they run */
async function runTests(only) {
  mkdirSync("build", { recursive: true });
  const all = only.length > 0 ? { only } : parts();
  const totals = await Promise.all(Object.entries(all).map(([name, words]) => runPart(name, words)));
  const ran = new Set(totals.flatMap(({ files }) => [...files]));
  const unread = only.length > 0 ? [] : testFiles().filter((file) => !ran.has(file));
  return {
    failures: [
      ...totals.flatMap(({ failures }) => failures),
      ...unread.map((file) => `FAILED ${file}: no test of it was run`),
    ],
    passed: sumOf(totals, "passed"),
    failed: sumOf(totals, "failed") + unread.length,
    skipped: sumOf(totals, "skipped"),
  };
}

const sumOf = (parts, key) => parts.reduce((sum, part) => sum + part[key], 0);

const testFiles = () =>
  ["src", "test"]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((path) => /\.test\.tsx?$/.test(path));

/** Everything goes wrong once, and what is promised is kept all the same. */
function runFaults() {
  rmSync(FAULTS_REPORT, { force: true });
  const isFine = succeeds(BUN, "faults/run.ts", "--short", "--report", FAULTS_REPORT);
  const { passed, failed, broken } = existsSync(FAULTS_REPORT)
    ? JSON.parse(readFileSync(FAULTS_REPORT, "utf8"))
    : { passed: 0, failed: 0, broken: [] };
  return { passed, failed: isFine ? failed : Math.max(failed, 1), broken };
}

/** Each bench once and small: that it runs, not how fast. */
const runBenches = () =>
  succeeds(BUN, "bench/run.ts", "--smoke") ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };

/** @param only as for `runTests`; none: everything there is */
async function runAll(only) {
  const tests = await runTests(only);
  if (only.length > 0) return tests;
  const faults = runFaults();
  const benches = runBenches();
  for (const line of coverageLines()) console.log(line);
  for (const failure of tests.failures) console.log(failure);
  if (faults.failed > 0) console.log(["FAILED faults, see above", ...faults.broken].join("\n  "));
  if (benches.failed > 0) console.log("FAILED benches, see above");
  const all = [tests, faults, benches];
  return { passed: sumOf(all, "passed"), failed: sumOf(all, "failed"), skipped: tests.skipped };
}

async function main() {
  ensureNodeModules();
  const missing = ensureDebianPackages(PACKAGES);
  if (missing !== null) throw new Error(missing);
  const gateFailures = runGate();
  const buildFailures = build() ? 0 : 1;
  const { passed, failed, skipped } = await runAll(process.argv.slice(2));
  const allFailed = failed + gateFailures + buildFailures;
  if (buildFailures > 0) console.log("FAILED build");
  if (gateFailures > 0) console.log(`FAILED gate: ${gateFailures} of its steps, see above`);
  if (skipped > 0) console.log(`${skipped} skipped, as this machine lacks what they need`);
  console.log(`${passed} passed, ${allFailed} failed`);
  return allFailed === 0 && passed > 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
