/**
 * docs/images: every page at three sizes in both themes. `bun run screenshots` starts a demo with an invented past for them and
 * ends it; wants dist/multivisor, supervisord and Chromium (CHROMIUM names it where it is not /usr/bin/chromium).
 * `bun run screenshots [--url http://localhost:22000] [--folder DIR] [page…]`: of a hub that runs, elsewhere, some pages only.
 * LOGIN=name:password of an admin, where that hub asks for one.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openDemoForPictures } from "./pictures/demo-for-pictures.ts";
import { type Hub, picturesOf } from "./pictures/pages.ts";
import { openChromium, SIZES, takePicture } from "./pictures/take-picture.ts";

const { values, positionals: only } = parseArgs({
  args: process.argv.slice(2),
  options: { url: { type: "string" }, folder: { type: "string" } },
  allowPositionals: true,
});
const { url, folder = join(import.meta.dir, "..", "docs", "images") } = values;

function runningHub(at: string): Hub & { readonly close: () => Promise<void> } {
  const [username = "", password = ""] = (process.env.LOGIN ?? "").split(":");
  return { url: at, username, password, close: async () => {} };
}

async function takeAll(hub: Hub): Promise<void> {
  const browser = await openChromium();
  try {
    for (const picture of (await picturesOf(hub)).filter(({ name }) => only.length === 0 || only.includes(name)))
      for (const size of SIZES)
        for (const scheme of ["light", "dark"] as const) {
          const file = join(folder, `${picture.name}-${size.width}-${scheme}.png`);
          await takePicture(browser, hub, picture, { size, scheme }, file);
          console.log(file);
        }
  } finally {
    await browser.close();
  }
}

mkdirSync(folder, { recursive: true });
const hub = url === undefined ? await openDemoForPictures() : runningHub(url);
// Whoever interrupts this leaves no demo behind.
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void hub.close().then(() => process.exit(1)));
try {
  await takeAll(hub);
} finally {
  await hub.close();
}
