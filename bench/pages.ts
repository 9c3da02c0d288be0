/**
 * The table of processes at 10,000 rows in Chromium: first paint, bytes, scrolling, filter, selection, and how long the
 * main thread is blocked while 1,000 changes a second come. `bun run bench pages`; needs Chromium and a built binary.
 */
import type { Page } from "playwright-core";
import { openBrowser } from "../test/support/browser.ts";
import { startFleet, type TestFleet } from "../test/support/fleet.ts";
import { startHub, type TestHub } from "../test/support/hub.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { type Bench, bench } from "./support/bench.ts";

const SIZE = { supervisors: 200, processes: 50 };
const SMALL = { supervisors: 4, processes: 20 };
const CHANGES_PER_S = 1_000;

type Watched = { __long: number[] };

const watchLongTasks = (page: Page) =>
  page.addInitScript(() => {
    const long: number[] = [];
    (globalThis as unknown as Watched).__long = long;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) long.push(Math.round(entry.duration));
    }).observe({ type: "longtask", buffered: true });
  });

/** From an empty tab: to take the page before apart is not the new one's doing. */
async function load(page: Page, url: string) {
  await page.goto("about:blank");
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

const heapMb = (page: Page): Promise<number> =>
  page.evaluate(
    () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1_048_576,
  );

/** Counts the rows that the stream brings; what blocked the page before is forgotten. */
const countRows = (page: Page) =>
  page.evaluate(() => {
    (globalThis as unknown as Watched).__long.length = 0;
    let seen = 0;
    document.getElementById("stream")?.addEventListener("rows", (event) => {
      seen += (event as CustomEvent<{ data: string }>).detail.data.split("<tr ").length - 1;
      document.body.dataset.seen = String(seen);
    });
  });

async function loading(b: Bench, page: Page, hub: TestHub): Promise<void> {
  const loads = await b.repeat(5, () => load(page, hub.url));
  const of = (key: keyof (typeof loads)[number]) => loads.map((one) => one[key]);
  b.figure("rows", "", of("rows"));
  b.figure(
    "transferred",
    "kB",
    of("transferredBytes").map((bytes) => bytes / 1_000),
  );
  b.figure("first paint", "ms", of("firstPaintMs"), { atMost: 300 });
  b.figure("live", "ms", of("liveMs"));
}

async function using(b: Bench, page: Page): Promise<void> {
  const scrolls = await b.repeat(3, () => scroll(page));
  b.figure(
    "scrolling",
    "frames/s",
    scrolls.map((one) => one.framesPerSecond),
  );
  b.figure(
    "worst frame of it",
    "ms",
    scrolls.map((one) => one.worstFrameMs),
  );
  const acts = [
    ["filter", "host:*1 state:running"],
    ["no filter again", ""],
    ["all selected, or none", "all"],
  ] as const;
  for (const [what, act] of acts) b.figure(what, "ms", await b.repeat(4, () => timed(page, act)));
}

async function changing(b: Bench, page: Page, fleet: TestFleet): Promise<void> {
  const seconds = b.size(15, 2);
  const before = await heapMb(page);
  await countRows(page);
  await fleet.tell("rate", { perS: CHANGES_PER_S });
  await Bun.sleep(seconds * 1_000);
  await fleet.tell("rate", { perS: 0 });
  const long = await page.evaluate(() => (globalThis as unknown as Watched).__long);
  const seen = Number(await page.evaluate(() => document.body.dataset.seen ?? "0"));
  const at = `${CHANGES_PER_S} changes/s`;
  b.figure(`${at}: rows shown anew`, "1/s", seen / seconds);
  b.figure(`${at}: tasks of more than 50 ms`, "", long.length);
  b.figure(`${at}: longest task`, "ms", Math.max(0, ...long));
  b.figure(`${at}: growth of the tab's heap`, "MB", (await heapMb(page)) - before);
}

async function measure(b: Bench, place: TestPlace): Promise<void> {
  const fleet = await startFleet(place, { ...b.size(SIZE, SMALL), calm: false });
  const hub = await startHub(place, { supervisors: fleet.members });
  await hub.live(...fleet.members.map(({ name }) => name));
  const { page } = await openBrowser(place);
  await watchLongTasks(page);
  await loading(b, page, hub);
  await using(b, page);
  await changing(b, page, fleet);
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
