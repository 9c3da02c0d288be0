/**
 * Pages that stay open while the fleet goes on changing: what each tab holds over time, after its garbage was collected. A page
 * that leaks grows in a straight line. `bun run bench long-open [--minutes N]`; needs Chromium and a built binary.
 */
import { parseArgs } from "node:util";
import { type Browser, type CDPSession, chromium } from "playwright-core";
import { startFleet } from "../test/support/fleet.ts";
import { startHub } from "../test/support/hub.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { type Bench, bench } from "./support/bench.ts";

const { values: options } = parseArgs({
  args: process.argv.slice(2),
  options: { minutes: { type: "string", default: "60" }, smoke: { type: "boolean" } },
});
const SIZE = { supervisors: 20, processes: 50, calm: false };
const SMALL = { supervisors: 2, processes: 5 };
const CHANGES_PER_S = 30;
/** Until lists of fixed length are full and all code was used once, growth is no leak. */
const SETTLED_AFTER = 0.25;

type Sample = { readonly heapMb: number; readonly nodes: number; readonly listeners: number };
type Tab = { readonly name: string; readonly session: CDPSession; readonly samples: Sample[] };

/** Each in a context of its own: a tab behind another one would let go of its stream. */
async function openTab(browser: Browser, name: string, url: string): Promise<Tab> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  return { name, session, samples: [] };
}

async function sample({ session, samples }: Tab): Promise<void> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const heapMb = of("JSHeapUsedSize") / 1_048_576;
  samples.push({ heapMb, nodes: of("Nodes"), listeners: of("JSEventListeners") });
}

async function measure(b: Bench, place: TestPlace, browser: Browser): Promise<void> {
  const fleet = await startFleet(place, b.size(SIZE, SMALL));
  const hub = await startHub(place, { supervisors: fleet.members });
  await hub.live(...fleet.members.map(({ name }) => name));
  const uid = "sim001:PLC:plc01";
  const paths = { groups: "/", processes: "/processes", supervisors: "/supervisors", history: "/history" };
  const tabs: Tab[] = [];
  for (const [name, path] of Object.entries({ ...paths, process: `/process/${uid}` }))
    tabs.push(await openTab(browser, name, hub.url + path));
  await fleet.tell("rate", { perS: CHANGES_PER_S });
  const minutes = b.size(Number(options.minutes), 1);
  for (let minute = 0; minute <= minutes; minute++) {
    for (const tab of tabs) await sample(tab);
    const line = tabs.map(({ name, samples }) => `${name} ${samples.at(-1)?.heapMb.toFixed(1)} MB`);
    console.log(`  ${minute} min: ${line.join(", ")}`);
    if (minute < minutes) await Bun.sleep(b.size(60_000, 1_000));
  }
  for (const { name, samples } of tabs) {
    const settled = samples.slice(Math.floor(samples.length * SETTLED_AFTER));
    b.figure(
      `${name}: heap`,
      "MB",
      settled.map(({ heapMb }) => heapMb),
    );
    b.figure(
      `${name}: elements and texts`,
      "",
      settled.map(({ nodes }) => nodes),
    );
    b.figure(
      `${name}: listeners`,
      "",
      settled.map(({ listeners }) => listeners),
    );
  }
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  const args = ["--no-sandbox", "--disable-gpu"];
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args });
  await measure(b, place, browser)
    .finally(() => browser.close())
    .finally(() => place.close());
});
