/** `node scripts/with-bun.mjs SCRIPT …`: runs a script with the project's Bun, installing first what is missing. */
import { spawnSync } from "node:child_process";
import { BUN, ensureNodeModules } from "./node-modules.mjs";

ensureNodeModules();
process.exitCode = spawnSync(BUN, process.argv.slice(2), { stdio: "inherit" }).status ?? 1;
