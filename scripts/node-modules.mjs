import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

const INSTALLED = "node_modules/.package-lock.json";

const packagesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** True where every package of the lock file is there in its version; optional ones may be for other platforms. */
function isUpToDate() {
  if (!existsSync(INSTALLED)) return false;
  const installed = packagesOf(INSTALLED);
  return Object.entries(packagesOf("package-lock.json")).every(
    ([path, { version, optional }]) =>
      path === "" || installed[path]?.version === version || (optional && !(path in installed)),
  );
}

const run = (command, ...args) => spawnSync(command, args, { stdio: "inherit", shell: process.platform === "win32" });

const bunRuns = () => spawnSync(BUN, ["--version"], { stdio: "ignore" }).status === 0;

/** The file that node_modules/.bin/bun leads to, on every platform. */
export const BUN = "node_modules/bun/bin/bun.exe";

/**
 * node_modules as the lock file says, with a Bun that runs: its executable comes in by an install script, which npm
 * may have been told (or may have decided) not to run.
 */
export function ensureNodeModules() {
  if (!isUpToDate()) {
    console.log("Installing the packages of package-lock.json (npm ci)…");
    if (run("npm", "ci").status !== 0) throw new Error("npm ci failed; its message is above");
  }
  if (!bunRuns()) run(process.execPath, "node_modules/bun/install.js");
  if (!bunRuns()) throw new Error(`${BUN} does not run: remove node_modules and try again`);
}
