/**
 * A process that writes 5,000 lines a second, looked at in a browser: how long the page's main thread is busy at a time, what the
 * tab holds, and how far behind it is. `bun run bench log-view`; needs supervisord, Chromium and a built binary.
 */
import { writeFileSync } from "node:fs";
import { openBrowser } from "../test/support/browser.ts";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace, type TestPlace } from "../test/support/test-place.ts";
import { type Bench, bench } from "./support/bench.ts";

const SECONDS = 20;
const RATE = 5_000;
const UID = "lid001:flood:flood";
const FLOOD = `
import sys, time
n = 0
begin = time.time()
while True:
    due = int((time.time() - begin) * ${RATE})
    if due > n:
        sys.stdout.write("".join("%d %.3f a line of a log as long as many of them are, with some words in it\\n" % (i, time.time()) for i in range(n, due)))
        sys.stdout.flush()
        n = due
    time.sleep(0.01)
`;

async function measure(b: Bench, place: TestPlace): Promise<void> {
  const seconds = b.size(SECONDS, 2);
  writeFileSync(place.path("flood.py"), FLOOD);
  const programs = `[program:flood]\ncommand=python3 ${place.path("flood.py")}\nautostart=false\nstartsecs=0\nstdout_logfile_maxbytes=50MB\n`;
  const host = await startSupervisord(place, { name: "lid001", programs });
  const hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  const { page } = await openBrowser(place);
  await page.goto(`${hub.url}/process/${UID}/log`);
  await page.getByText("Nothing is written so far.").waitFor();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      type: "longtask",
    });
  });
  await hub.post("/api/process/start", { uid: UID });
  const behind: number[] = [];
  for (let i = 0; i < seconds * 2; i++) {
    await Bun.sleep(500);
    const at = await page.evaluate(() =>
      Number(
        document
          .getElementById("log-lines")
          ?.lastElementChild?.textContent?.trimEnd()
          .split("\n")
          .at(-1)
          ?.split(" ")[1],
      ),
    );
    if (Number.isFinite(at)) behind.push(Date.now() - at * 1_000);
  }
  const figures = await page.evaluate(() => ({
    tasks: (window as unknown as { tasks: number[] }).tasks,
    heapMb: (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize / 1_048_576,
    lines: Number(
      document.getElementById("log-lines")?.lastElementChild?.textContent?.trimEnd().split("\n").at(-1)?.split(" ")[0],
    ),
    nodes: document.getElementsByTagName("*").length,
  }));
  b.figure("lines seen", "1/s", figures.lines / seconds, { atLeast: RATE * 0.9 });
  b.figure("tasks of more than 50 ms", "", figures.tasks.length);
  b.figure("longest task", "ms", Math.max(0, ...figures.tasks));
  b.figure("behind", "ms", behind);
  b.figure("heap of the tab", "MB", figures.heapMb);
  b.figure("elements of the page", "", figures.nodes);
}

await bench(import.meta.path, async (b) => {
  const place = openTestPlace();
  await measure(b, place).finally(() => place.close());
});
