import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { run } from "./run.ts";

/**
 * `esm`, because main.ts awaits at its top. The executable is started in folders that are not ours: it must read
 * neither their .env nor their bunfig.toml.
 */
const FLAGS = [
  "--compile",
  "--minify",
  "--bytecode",
  "--splitting", // an agent does not load the hub: 6 MB less on every host
  "--format=esm",
  "--no-compile-autoload-dotenv",
  "--no-compile-autoload-bunfig",
  // Addresses hold uids: supervisord sets no end to names, and Bun would answer 431 to ten thousand letters, twice.
  `--compile-exec-argv=--max-http-header-size=${32 * 1_024}`,
];

/** @param runtime another platform's Bun to build for; none: the one that runs this */
export async function compile(outfile: string, runtime?: { bun: string; executable: string }): Promise<void> {
  await mkdir(dirname(outfile), { recursive: true });
  const target =
    runtime === undefined ? [] : [`--target=${runtime.bun}`, `--compile-executable-path=${runtime.executable}`];
  await run([process.execPath, "build", ...FLAGS, ...target, "src/main.ts", `--outfile=${outfile}`]);
}
