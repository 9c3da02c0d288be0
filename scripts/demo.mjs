/** `npm run demo`, with nothing but Node and npm on the machine: installs, builds where needed, runs the demo. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureDebianPackages } from "./debian-packages.mjs";
import { BUN, ensureNodeModules } from "./node-modules.mjs";

const EXECUTABLE = "dist/multivisor";
const SOURCES = ["src", "migrations", "scripts", "package.json", "package-lock.json", "tsconfig.json"];

/** Epoch milliseconds of the newest file. */
function newest(path) {
  if (!existsSync(path)) return 0;
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), mtimeMs);
}

const isStale = () => !existsSync(EXECUTABLE) || SOURCES.some((path) => newest(path) > statSync(EXECUTABLE).mtimeMs);

function buildIfStale() {
  if (!isStale()) return;
  console.log("Building dist/multivisor…");
  if (spawnSync(BUN, ["scripts/build.ts"], { stdio: "inherit" }).status !== 0) throw new Error("the build failed");
}

/** Stays until the demo has cleaned up: Ctrl-C reaches both, a signal to npm or to us is handed on. */
function runDemo(words) {
  const demo = spawn(EXECUTABLE, ["demo", ...words], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => demo.kill(signal));
  demo.on("exit", (code, signal) => {
    process.exitCode = code ?? 128 + constants.signals[signal];
  });
}

try {
  ensureNodeModules();
  const missing = ensureDebianPackages(["supervisor"]);
  if (missing !== null) console.log(`${missing}\nWithout it the demo shows a simulated fleet.`);
  buildIfStale();
  runDemo(process.argv.slice(2));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
