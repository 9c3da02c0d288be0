/** `bun run build`: dist/multivisor for this machine. */
import { compile } from "./compile.ts";
import { makeAssets } from "./make-assets.ts";

await makeAssets();
await compile("dist/multivisor");
