/** Bundles what the pages load into build/assets, which the hub imports as text. Run before tests, `tsc` and the build. */
import { join } from "node:path";

const root = join(import.meta.dir, "..");
const out = join(root, "build", "assets");
const views = join(root, "src", "views");
const htmx = join(root, "node_modules", "htmx.org", "dist");

async function bundle(entry: string, target: "browser" | "bun" = "browser"): Promise<string> {
  const result = await Bun.build({ entrypoints: [join(views, entry)], target, minify: true, format: "iife" });
  const [output] = result.outputs;
  if (!result.success || output === undefined) throw new AggregateError(result.logs, `cannot bundle ${entry}`);
  return await output.text();
}

/** htmx and its extension are classic scripts that share one global: they go in front as they are. */
async function app(): Promise<string> {
  const parts = [join(htmx, "htmx.min.js"), join(htmx, "ext", "hx-sse.min.js")].map((path) => Bun.file(path).text());
  const vendor = (await Promise.all(parts)).map((text) => text.replaceAll(/^\/\/# sourceMappingURL=.*$/gm, ""));
  return [...vendor, await bundle("browser/main.ts")].join("\n;");
}

/** Pictures as text: so the hub imports all that pages load in the same way. */
const base64 = async (name: string): Promise<string> => (await Bun.file(join(views, "icons", name)).bytes()).toBase64();

const files: Record<string, Promise<string>> = {
  "app.js": app(),
  "search.js": bundle("browser/log/search-worker.ts"),
  "theme.js": bundle("browser/theme.ts"),
  "app.css": bundle("styles/app.css"),
  "icon.svg": Bun.file(join(views, "icons", "icon.svg")).text(),
  "icon-192.txt": base64("icon-192.png"),
  "icon-512.txt": base64("icon-512.png"),
  "icon-maskable.txt": base64("icon-maskable-512.png"),
};

for (const [name, text] of Object.entries(files)) {
  const size = await Bun.write(join(out, name), await text);
  console.log(`${name} ${size} bytes`);
}
