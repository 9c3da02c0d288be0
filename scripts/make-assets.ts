import { existsSync } from "node:fs";
import { run } from "./run.ts";

const SCRIPT = "scripts/assets.ts";

/** Style sheet and browser scripts, which the executable carries. */
export async function makeAssets(): Promise<void> {
  if (existsSync(SCRIPT)) await run([process.execPath, SCRIPT]);
}
