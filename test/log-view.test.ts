import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { axeProblems } from "./support/axe.ts";
import { openBrowser } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** 5,000 numbered lines a second, for as long as it takes. */
const FLOOD = `
import sys, time
n = 0
while True:
    sys.stdout.write("".join("flood %d\\n" % i for i in range(n, n + 250)))
    sys.stdout.flush()
    n += 250
    time.sleep(0.05)
`;

const EVIL = `<script>window.hacked = 1</script> <img src=x onerror="window.hacked = 1"> \u202Eright to left \u0000 end of evil`;

let host: TestSupervisord;
let hub: TestHub;
let page: Page;
let problems: string[];
beforeAll(async () => {
  writeFileSync(place.path("flood.py"), FLOOD);
  const programs = `
[program:quiet]
command=/bin/sh -c 'echo quiet begins; echo an error >&2; exec sleep 1000'
startsecs=0
[program:other]
command=/bin/sh -c 'echo other begins; exec sleep 1000'
startsecs=0
[program:flood]
command=python3 ${place.path("flood.py")}
autostart=false
startsecs=0
stdout_logfile_maxbytes=5MB
`;
  host = await startSupervisord(place, { name: "lid001", programs });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("quiet to run", async () => (await hub.process("lid001:quiet:quiet"))?.statename === "RUNNING");
  ({ page, problems } = await openBrowser(place));
}, 60_000);

const QUIET = "lid001:quiet:quiet";
const files = new Map<string, string>();
/** Asked once: the hub may be away later. */
async function logFile(uid: string): Promise<string> {
  const file = files.get(uid) ?? (await hub.process(uid))?.stdout_logfile ?? "";
  files.set(uid, file);
  return file;
}
const write = async (uid: string, text: string) => appendFileSync(await logFile(uid), text);
const lines = () => page.locator("#log-lines");
const shown = () => lines().innerText();
const sees = (text: string) => waitFor(`the log to show ${text}`, async () => (await shown()).includes(text));
const found = () => page.locator("#log-found").innerText();

describe("the view of logs", () => {
  test("shows stdout, stderr, and both with whose line it is", async () => {
    await page.goto(`${hub.url}/process/${QUIET}/log`);
    await sees("quiet begins");
    expect(await shown()).not.toContain("an error");
    await page.getByRole("button", { name: "stderr", exact: true }).click();
    await sees("an error");
    await page.getByRole("button", { name: "both", exact: true }).click();
    await sees("an error");
    await sees("quiet begins");
    expect(await lines().locator(".origin").allInnerTexts()).toEqual(["stdout", "stderr"]);
  });

  test("shows several processes together, line by line", async () => {
    await page.goto(`${hub.url}/processes`);
    for (const name of ["quiet", "other"])
      await page.locator(`[data-uid="lid001:${name}:${name}"] input[type=checkbox]`).check();
    await page.getByRole("button", { name: "Logs", exact: true }).click();
    await page.waitForURL("**/log?uid=*");
    await sees("quiet begins");
    await sees("other begins");
    await write(QUIET, "half a line, ");
    await write("lid001:other:other", "a line in between\n");
    await sees("a line in between");
    await write(QUIET, "and its end\n");
    await sees("half a line, and its end");
    expect(await lines().locator(".origin").last().innerText()).toBe("quiet lid001");
    expect(await axeProblems(page)).toEqual([]);
  });

  test("shows what several processes wrote before in the order of its times", async () => {
    await write(QUIET, "2026-11-28 10:00:01 one\n  of one\n2026-11-28T10:00:03.5Z three\n");
    await write("lid001:other:other", "2026-11-28 10:00:02,7 two\n[2026-11-28 10:00:04 +0000] four\n");
    await page.reload();
    await sees("four");
    const order = (await shown()).match(/(of )?\b(one|two|three|four)$/gm);
    expect(order).toEqual(["one", "of one", "two", "three", "four"]);
  });

  test("what a process writes does nothing", async () => {
    await page.goto(`${hub.url}/process/${QUIET}/log`);
    await sees("quiet begins");
    await write(QUIET, `${EVIL}\n${"x".repeat(100_000)}\n`);
    await sees("end of evil");
    await sees("more characters]");
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator("#log-lines script, #log-lines img").count()).toBe(0);
  });

  test("searches, by plain text and by regular expression, and ends one that thinks for hours", async () => {
    await write(QUIET, `needle one\nNEEDLE two\nno match\n${"a".repeat(40)}!\n`);
    await sees("NEEDLE two");
    await page.locator("#log-find").fill("needle");
    await waitFor("two matches", async () => (await found()) === "2");
    await page.keyboard.press("Enter");
    await waitFor("the last one", async () => (await found()) === "2 of 2");
    await page.locator("#log-regex").click();
    await page.locator("#log-find").fill("needle (one|two)$");
    await waitFor("two matches", async () => (await found()) === "2");
    await page.locator("#log-find").fill("needle (");
    await waitFor("a word on it", async () => (await found()).startsWith("no regular expression"));
    await page.locator("#log-find").fill("^(a+)+$");
    await waitFor("a word on it", async () => (await found()) === "takes too long");
    await page.locator("#log-find").fill("needle t");
    await waitFor("one match", async () => (await found()) === "1");
    await page.locator("#log-regex").click();
  });

  test("finds what is older than what is shown", async () => {
    const filler = "filler line that nobody seeks\n".repeat(40_000);
    await write(QUIET, `the one before\n${filler}`);
    await page.reload();
    await sees("filler line");
    await page.locator("#log-find").fill("the one before");
    await waitFor("no match", async () => (await found()) === "0");
    await page.getByRole("button", { name: "Search what is older" }).click();
    await waitFor("the match", async () => (await found()) === "1");
    const filled = ((await lines().textContent()) ?? "").split("\n").filter((line) => /filler|nobody/.test(line));
    expect(filled.length).toBeGreaterThan(10_000);
    expect(new Set(filled)).toEqual(new Set(["filler line that nobody seeks"]));
  }, 60_000);

  test("shows the newest line without scrolling the page, on a phone as on a desk", async () => {
    for (const [width, height] of [
      [390, 844],
      [820, 1_180],
      [1_440, 900],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.reload();
      await sees("filler line");
      const bottom = await lines().evaluate((element) => element.getBoundingClientRect().bottom);
      const navTop = await page.locator("nav.nav").evaluate((element) => element.getBoundingClientRect().top);
      expect(bottom).toBeLessThan(navTop > bottom / 2 ? navTop : height);
      expect(bottom).toBeGreaterThan(height - 100);
    }
  });

  test("is cleared after a question", async () => {
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.locator("#confirm-yes").click();
    await page.getByText("Logs of quiet cleared.").waitFor();
    await write(QUIET, "after the clearing\n");
    await page.reload();
    await sees("after the clearing");
    expect(await shown()).not.toContain("filler");
  });

  test("goes on where it was when the hub comes back, nothing lost and nothing twice", async () => {
    await write(QUIET, "before the hub goes\n");
    await sees("before the hub goes");
    await hub.kill9();
    await write(QUIET, "while it is away\n");
    await hub.start();
    await write(QUIET, "when it is back\n");
    await sees("when it is back");
    const all = (await shown()).split("\n").filter((line) => /^(before|while|when) /.test(line));
    expect(all).toEqual(["before the hub goes", "while it is away", "when it is back"]);
  }, 60_000);

  test("5,000 lines a second: the end is reached, the page holds no more than it can", async () => {
    await page.goto(`${hub.url}/process/lid001:flood:flood/log`);
    await hub.post("/api/process/start", { uid: "lid001:flood:flood" });
    await sees("flood 30000");
    await page.keyboard.press("f");
    await page.getByRole("button", { name: /new lines$/ }).waitFor();
    await hub.post("/api/process/stop", { uid: "lid001:flood:flood" });
    await page.keyboard.press("f");
    const last = (await Bun.file(await logFile("lid001:flood:flood")).text()).trimEnd().split("\n").at(-1) ?? "";
    await sees(last);
    await page.locator(".log-note.edge", { hasText: "Stopped" }).waitFor();
    const kept = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>(".log-chunk")].reduce(
        (sum, { dataset }) => sum + Number(dataset.lines),
        0,
      ),
    );
    expect(kept).toBeLessThan(21_000);
    const numbers = (await shown()).match(/^flood \d+$/gm)?.map((line) => Number(line.slice(6))) ?? [];
    expect(numbers.findIndex((number, i) => number !== (numbers[0] ?? 0) + i)).toBe(-1);
    // The hub was killed: that its connections broke is said by the browser.
    expect(problems.filter((text) => !/net::ERR|network error/.test(text))).toEqual([]);
  }, 60_000);
});
