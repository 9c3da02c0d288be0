/** `bun run build:all`: dist/release with an executable for each platform, and SHA256SUMS. */
import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { bunRuntime } from "./bun-runtime.ts";
import { compile } from "./compile.ts";
import { makeAssets } from "./make-assets.ts";

const FOLDER = "dist/release";

/**
 * `npm` is the package of Bun's runtime that the executable carries. For x64 Bun's `baseline`, where there is one: it
 * runs on machines without AVX2 too, which old servers and many virtual machines lack.
 */
const TARGETS = [
  { file: "multivisor-linux-x64", bun: "bun-linux-x64-baseline", npm: "bun-linux-x64-baseline" },
  { file: "multivisor-linux-arm64", bun: "bun-linux-arm64", npm: "bun-linux-aarch64" },
  { file: "multivisor-linux-x64-musl", bun: "bun-linux-x64-musl-baseline", npm: "bun-linux-x64-musl-baseline" },
  { file: "multivisor-linux-arm64-musl", bun: "bun-linux-arm64-musl", npm: "bun-linux-aarch64-musl" },
  { file: "multivisor-darwin-x64", bun: "bun-darwin-x64", npm: "bun-darwin-x64" },
  { file: "multivisor-darwin-arm64", bun: "bun-darwin-arm64", npm: "bun-darwin-aarch64" },
  { file: "multivisor-windows-x64.exe", bun: "bun-windows-x64-baseline", npm: "bun-windows-x64-baseline" },
] as const;

async function sha256(path: string): Promise<string> {
  const hash = new Bun.CryptoHasher("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest("hex");
}

await rm(FOLDER, { recursive: true, force: true });
await makeAssets();
const sums: string[] = [];
for (const { file, bun, npm } of TARGETS) {
  const path = join(FOLDER, file);
  console.log(`${file}:`);
  await compile(path, { bun, executable: await bunRuntime(npm) });
  sums.push(`${await sha256(path)}  ${file}\n`); // the form of `sha256sum --check`
}
await Bun.write(join(FOLDER, "SHA256SUMS"), sums.join(""));
