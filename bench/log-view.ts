/**
 * A process that writes 5,000 lines a second, looked at in a browser: how long the page's main thread is busy at a time, what the
 * tab holds, and how far behind it is. `bun bench/log-view.ts [seconds]`; needs supervisord, chromium and a built binary.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { openBrowser } from "../test/support/browser.ts";
import { startHub } from "../test/support/hub.ts";
import { startSupervisord } from "../test/support/supervisord.ts";
import { openTestPlace } from "../test/support/test-place.ts";

const SECONDS = Number(process.argv[2] ?? 20);
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

const place = openTestPlace();
try {
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
  for (let i = 0; i < SECONDS * 2; i++) {
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
  behind.sort((a, b) => a - b);
  const row = {
    ...{ seconds: SECONDS, linesSeen: figures.lines, linesPerS: Math.round(figures.lines / SECONDS) },
    ...{ tasksOver50Ms: figures.tasks.length, longestTaskMs: Math.round(Math.max(0, ...figures.tasks)) },
    ...{
      behindMedianMs: Math.round(behind[Math.floor(behind.length / 2)] ?? 0),
      behindWorstMs: Math.round(behind.at(-1) ?? 0),
    },
    ...{ heapMb: Math.round(figures.heapMb), elements: figures.nodes },
  };
  console.table([row]);
  mkdirSync(`${import.meta.dir}/results`, { recursive: true });
  writeFileSync(`${import.meta.dir}/results/log-view.json`, `${JSON.stringify(row, null, 2)}\n`);
} finally {
  await place.close();
}
