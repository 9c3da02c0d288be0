import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dir, "..", "..");

/** The binary under test, as `bun run build` makes it. */
export const BINARY = join(root, "dist", "multivisor");

/**
 * The words that run multivisor. MULTIVISOR_TEST_SOURCE=1 takes the source in the place of the binary, for those who work on it.
 */
export function multivisor(...args: readonly string[]): string[] {
  if (process.env.MULTIVISOR_TEST_SOURCE === "1") return [process.execPath, join(root, "src", "main.ts"), ...args];
  if (!existsSync(BINARY)) throw new Error(`no ${BINARY}: build it first (bun run build)`);
  return [BINARY, ...args];
}
