/** `bun run check`: the gate alone. */
import { runGate } from "./gate.mjs";
import { ensureNodeModules } from "./node-modules.mjs";

ensureNodeModules();
process.exitCode = runGate() === 0 ? 0 : 1;
