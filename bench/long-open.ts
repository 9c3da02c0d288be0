/**
 * Pages that stay open while the fleet goes on changing: what each tab holds over time, after its garbage was collected.
 * `bun bench/long-open.ts [minutes]`; CHROMIUM names the browser. A page that leaks grows in a straight line.
 */
import { join } from "node:path";
import { type Browser, type CDPSession, chromium } from "playwright-core";
import { probePort } from "../src/demo/free-port.ts";

const MINUTES = Number(process.argv[2] ?? 60);
const [HOSTS, EACH, RESTARTS_PER_S] = [20, 50, 10];
const root = join(import.meta.dir, "..");

type Sample = { minute: number; heapMb: number; nodes: number; listeners: number };
type Tab = { name: string; session: CDPSession; samples: Sample[] };

const get = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;

async function startDemo() {
  const port = await probePort("127.0.0.1", 0);
  const words = ["demo", "--simulated", String(HOSTS), "--processes", String(EACH), "--bind", `127.0.0.1:${port}`];
  const demo = Bun.spawn([join(root, "dist/multivisor"), ...words], { stdout: "ignore", stderr: "inherit" });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    const uids = await get<string[]>(`${url}/api/process/list`).catch(() => []);
    if (uids.length >= HOSTS * EACH) return { demo, url, uids };
    await Bun.sleep(100);
  }
  throw new Error("the demo did not come");
}

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

async function sample({ session, samples }: Tab, minute: number): Promise<void> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  const heapMb = Math.round((of("JSHeapUsedSize") / 1_048_576) * 10) / 10;
  samples.push({ minute, heapMb, nodes: of("Nodes"), listeners: of("JSEventListeners") });
}

/** @returns to be called to end it */
function churn(url: string, uids: readonly string[]): () => void {
  let asked = 0;
  const timer = setInterval(() => {
    const some = Array.from({ length: RESTARTS_PER_S }, (_, i) => uids[(asked + i * 7) % uids.length]);
    asked += some.length;
    const body = new URLSearchParams({ uid: some.join(",") });
    void fetch(`${url}/api/process/restart`, { method: "POST", body }).catch(() => {});
  }, 1_000);
  return () => clearInterval(timer);
}

const { demo, url, uids } = await startDemo();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const [uid = ""] = uids;
  const paths = {
    groups: "/",
    processes: "/processes",
    supervisors: "/supervisors",
    history: "/history",
    process: `/process/${encodeURIComponent(uid)}`,
  };
  const tabs: Tab[] = [];
  for (const [name, path] of Object.entries(paths)) tabs.push(await openTab(browser, name, url + path));
  const stop = churn(url, uids);
  // Until lists of fixed length are full and all code was used once, growth is no leak.
  for (let minute = 0; minute <= MINUTES; minute++) {
    for (const tab of tabs) await sample(tab, minute);
    const line = tabs.map(({ name, samples }) => `${name} ${samples.at(-1)?.heapMb} MB ${samples.at(-1)?.nodes} nodes`);
    console.log(`${minute} min: ${line.join(", ")}`);
    await write(tabs, minute);
    if (minute < MINUTES) await Bun.sleep(60_000);
  }
  stop();
} finally {
  await browser.close();
  demo.kill("SIGINT");
  await demo.exited;
}

async function write(tabs: readonly Tab[], minutes: number): Promise<void> {
  const pages = Object.fromEntries(tabs.map(({ name, samples }) => [name, samples]));
  const result = { minutes, processes: HOSTS * EACH, statesPerS: RESTARTS_PER_S * 3, pages };
  await Bun.write(join(import.meta.dir, "results", "long-open.json"), `${JSON.stringify(result)}\n`);
}
