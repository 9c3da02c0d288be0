import { cpus, loadavg, release, totalmem } from "node:os";
import { join } from "node:path";
import { VERSION } from "../../src/lib/build-info.ts";

/** The first line that a program prints; null where there is none. */
function firstLine(...words: string[]): string | null {
  try {
    return (
      Bun.spawnSync(words, { cwd: join(import.meta.dir, "..") })
        .stdout.toString()
        .split("\n")[0] || null
    );
  } catch {
    return null;
  }
}

/** What else decides about the figures. */
export const surroundings = () => ({
  versions: {
    multivisor: VERSION,
    commit: firstLine("git", "rev-parse", "--short", "HEAD"),
    bun: Bun.version,
    supervisord: firstLine("supervisord", "--version"),
    linux: release(),
  },
  machine: { processor: cpus()[0]?.model ?? "", cores: cpus().length, memoryGb: Math.round(totalmem() / 2 ** 30) },
});

/** How many others want to compute: above the number of cores the times are not ours alone. */
export const loadNow = (): number => Number((loadavg()[0] ?? 0).toFixed(2));
