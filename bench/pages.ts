/**
 * The table of processes at 10,000 rows in Chromium: first paint, bytes, scrolling, filter, selection, and how long the
 * main thread is blocked while 1,000 changes a second come. `bun run bench pages`; CHROMIUM names the browser.
 */
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { probePort } from "../src/demo/free-port.ts";

const root = join(import.meta.dir, "..");
const [hosts, each, changes] = [200, 50, 1_000];
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function startDemo() {
  const port = await probePort("127.0.0.1", 0);
  const words = ["demo", "--simulated", String(hosts), "--processes", String(each), "--bind", `127.0.0.1:${port}`];
  const demo = Bun.spawn([join(root, "dist/multivisor"), ...words], { stdout: "ignore", stderr: "inherit" });
  const url = `http://127.0.0.1:${port}`;
  for (let i = 0; i < 300; i++) {
    const known = await fetch(`${url}/api/process/list`).then(
      (r) => r.json() as Promise<string[]>,
      () => [],
    );
    if (known.length >= hosts * each) return { demo, url, uids: known };
    await Bun.sleep(100);
  }
  throw new Error("the demo did not come");
}

type Watched = { __long: number[] };

async function load(page: Page, url: string) {
  await page.addInitScript(() => {
    const long: number[] = [];
    (globalThis as unknown as Watched).__long = long;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
  });
  await page.goto(`${url}/processes`);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  return page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const [paint] = performance.getEntriesByType("paint");
    return {
      firstPaintMs: Math.round(paint?.startTime ?? 0),
      liveMs: Math.round(performance.now()),
      transferredBytes: navigation?.transferSize ?? 0,
      rows: document.getElementsByClassName("row").length,
    };
  });
}

const scroll = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ framesPerSecond: number; worstFrameMs: number }>((done) => {
        const began = performance.now();
        let [frames, worst, last] = [0, 0, began];
        const step = (now: number) => {
          frames++;
          worst = Math.max(worst, now - last);
          last = now;
          scrollBy(0, 60);
          if (now - began < 3_000) requestAnimationFrame(step);
          else done({ framesPerSecond: Math.round(frames / 3), worstFrameMs: Math.round(worst) });
        };
        requestAnimationFrame(step);
      }),
  );

const timed = (page: Page, act: string) =>
  page.evaluate((what) => {
    const began = performance.now();
    if (what === "all") document.querySelector<HTMLElement>("[data-pick-all]")?.click();
    else {
      const input = document.getElementById("filter") as HTMLInputElement;
      input.value = what;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    document.body.getBoundingClientRect();
    return Math.round(performance.now() - began);
  }, act);

/** Restarts processes so that about `changes` states a second change (a restart is three), for some seconds. */
async function churn(url: string, uids: readonly string[], seconds: number): Promise<number> {
  let asked = 0;
  const pending: Promise<unknown>[] = [];
  for (let tick = 0; tick < seconds * 10; tick++) {
    const some = Array.from({ length: Math.round(changes / 30) }, (_, i) => uids[(asked + i * 7) % uids.length]);
    asked += some.length;
    const body = new URLSearchParams({ uid: some.join(",") });
    pending.push(fetch(`${url}/api/process/restart`, { method: "POST", body }).catch(() => {}));
    await Bun.sleep(100);
  }
  await Promise.race([Promise.all(pending), Bun.sleep(5_000)]);
  return asked;
}

const { demo, url, uids } = await startDemo();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const loads = [];
  for (let i = 0; i < 5; i++) {
    const page = await context.newPage();
    loads.push(await load(page, url));
    await page.close();
  }
  const page = await context.newPage();
  const last = await load(page, url);
  await page.waitForTimeout(1_000);
  const scrolling = await scroll(page);
  const filterMs = await timed(page, "host:*1 state:running");
  const clearMs = await timed(page, "");
  const selectAllMs = await timed(page, "all");
  await timed(page, "all");
  const heap = () =>
    page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
  const heapBefore = await heap();
  await page.evaluate(() => {
    (globalThis as unknown as Watched).__long.length = 0;
    let seen = 0;
    document.getElementById("stream")?.addEventListener("rows", (event) => {
      seen += (event as CustomEvent<{ data: string }>).detail.data.split("<tr ").length - 1;
      document.body.dataset.seen = String(seen);
    });
  });
  const restarted = await churn(url, uids, 15);
  const seen = Number(await page.evaluate(() => document.body.dataset.seen ?? "0"));
  const long = await page.evaluate(() => (globalThis as unknown as Watched).__long);
  const result = {
    rows: last.rows,
    transferredKB: Math.round(last.transferredBytes / 1_000),
    firstPaintMs: median(loads.map(({ firstPaintMs }) => firstPaintMs)),
    liveMs: median(loads.map(({ liveMs }) => liveMs)),
    ...scrolling,
    ...{ filterMs, clearMs, selectAllMs },
    load: {
      ...{ restarted, rowsShown: seen, rowsPerSecond: Math.round(seen / 15) },
      ...{ longTasks: long.length, longestBlockedMs: Math.max(0, ...long) },
      heapGrowthMB: Number(((await heap()) - heapBefore) / 1e6).toFixed(1),
    },
  };
  console.log(JSON.stringify(result, null, 2));
  await Bun.write(join(import.meta.dir, "results", "pages.json"), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  await browser.close();
  demo.kill("SIGINT");
  await demo.exited;
}
