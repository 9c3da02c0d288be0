import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import manifest from "../package.json";
import { run } from "./run.ts";

const FOLDER = resolve("build/bun-runtimes");

/**
 * Bun for another platform, of the version that builds: from the npm registry, kept in build/.
 * @param npm name of the package without its scope: "bun-linux-aarch64"
 * @returns path of the executable
 */
export async function bunRuntime(npm: string): Promise<string> {
  const version = manifest.devDependencies.bun;
  const folder = join(FOLDER, `${npm}-${version}`);
  const executable = join(folder, "package", "bin", npm.includes("windows") ? "bun.exe" : "bun");
  if (existsSync(executable)) return executable;
  await mkdir(folder, { recursive: true });
  await run(["npm", "pack", "--silent", `@oven/${npm}@${version}`, "--pack-destination", folder]);
  await run(["tar", "-xzf", `oven-${npm}-${version}.tgz`], { cwd: folder });
  if (!existsSync(executable)) throw new Error(`@oven/${npm}@${version} has no ${executable}`);
  return executable;
}
