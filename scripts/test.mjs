/**
 * `npm test`, with nothing but Node and npm on the machine: installs what is missing, runs the gate, builds the
 * executable and runs every test against it. The last line is the sum: `N passed, N failed`. Words after `--` are
 * handed to the test runner in the place of all tests.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { ensureDebianPackages } from "./debian-packages.mjs";
import { runGate } from "./gate.mjs";
import { junitTotals } from "./junit-totals.mjs";
import { BUN, ensureNodeModules } from "./node-modules.mjs";

const REPORT = "build/junit.xml";
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

/** @param only words for the runner; none: all tests */
function runTests(only) {
  mkdirSync("build", { recursive: true });
  rmSync(REPORT, { force: true });
  const which = only.length > 0 ? only : ["./src", "./test"];
  const isFine = succeeds(BUN, "test", ...which, "--reporter=junit", `--reporter-outfile=${REPORT}`);
  const { passed, failed, skipped, files } = junitTotals(REPORT);
  const unread = only.length > 0 ? [] : testFiles().filter((file) => !files.has(file));
  for (const file of unread) console.log(`FAILED ${file}: no test of it was run`);
  const all = failed + unread.length;
  return { passed, failed: isFine ? all : Math.max(all, 1), skipped };
}

const testFiles = () =>
  ["src", "test"]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => `${folder}/${name}`))
    .filter((path) => /\.test\.tsx?$/.test(path));

function main() {
  ensureNodeModules();
  const missing = ensureDebianPackages(PACKAGES);
  if (missing !== null) throw new Error(missing);
  const gateFailures = runGate();
  const buildFailures = build() ? 0 : 1;
  const { passed, failed, skipped } = runTests(process.argv.slice(2));
  const allFailed = failed + gateFailures + buildFailures;
  if (buildFailures > 0) console.log("FAILED build");
  if (gateFailures > 0) console.log(`FAILED gate: ${gateFailures} of its steps, see above`);
  console.log(`${passed} passed, ${allFailed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  return allFailed === 0 && passed > 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
