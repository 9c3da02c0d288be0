import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { openBrowser, openLive, openVisitor, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf, shownState } from "./support/page-rows.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:alpha]
command=/bin/sleep 1000
startsecs=0
[program:beta]
command=/bin/sleep 1000
startsecs=0
autostart=false
[group:web]
programs=alpha,beta
[program:fails]
command=/bin/sh -c "echo '<script>window.hacked=1</script>' >&2; exit 3"
startretries=0
[program:talks]
command=/bin/sh -c "echo first line; printf '\\033[31mred\\033[0m <img src=x onerror=window.hacked=1>\\n'; exec sleep 1000"
startsecs=0
[program:gamma]
command=/bin/sleep 1000
startsecs=0
`;

const ALPHA = "lid001:web:alpha";
const BETA = "lid001:web:beta";
const FAILS = "lid001:fails:fails";

let host: TestSupervisord;
let other: TestSupervisord;
let hub: TestHub;
let browser: WatchedPage;
let page: Page;

beforeAll(async () => {
  [host, other] = await Promise.all([
    startSupervisord(place, { name: "lid001", programs: PROGRAMS }),
    startSupervisord(place, { name: "lid002", programs: "[program:gamma]\ncommand=/bin/sleep 1000\nstartsecs=0\n" }),
  ]);
  hub = await startHub(place, { supervisors: [host, other] });
  await hub.live("lid001", "lid002");
  browser = await openBrowser(place);
  page = browser.page;
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);
const shows = (uid: string, state: string) =>
  waitFor(`the page to show ${uid} ${state}`, async () => (await shownState(page, uid)) === state);
const names = () => page.locator(".row:visible .name").allInnerTexts();
const text = (selector: string) => page.locator(selector).innerText();

describe("getting around", () => {
  test("the bar leads to every list, and pages of Multivisor 6 lead to those of today", async () => {
    await open("/");
    for (const [word, path] of [
      ["Supervisors", "/supervisors"],
      ["Processes", "/processes"],
      ["History", "/history"],
      ["Groups", "/"],
    ] as const) {
      await page.getByRole("navigation").getByRole("link", { name: word }).click();
      await page.waitForURL(hub.url + path);
      expect(await page.getByRole("navigation").getByRole("link", { name: word }).getAttribute("aria-current")).toBe(
        "page",
      );
    }
    for (const [old, path] of [
      ["group", "/"],
      ["supervisor", "/supervisors"],
      ["process", "/processes"],
    ]) {
      const answer = await hub.get(`/view/${old}?filter=x`, { redirect: "manual" });
      expect([answer.status, answer.headers.get("location")]).toEqual([308, `${path}?filter=x`]);
    }
    expect((await hub.get("/process/no:such:one", { headers: { accept: "text/html" } })).status).toBe(404);
  });

  test("x on a line that needs attention selects the process in the list below", async () => {
    await open("/processes");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await rowOf(page, FAILS).locator("input").isChecked()).toBe(true);
    await page.keyboard.press("x");
    expect(await page.locator("#selection").isVisible()).toBe(false);
  });

  test("keys lead to pages, lines and processes", async () => {
    await open("/");
    await page.keyboard.press("g");
    await page.keyboard.press("p");
    await page.waitForURL(`${hub.url}/processes`);
    await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
    await page.locator("#rows").focus();
    await page.locator(".row .name").first().focus();
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await text("#selection-count")).toBe("1 selected");
    await page.keyboard.press("s");
    await page.locator("#confirm[open]").waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+k");
    await page.locator("#palette-input").fill("beta");
    await page.locator("#palette-list").getByText(BETA).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/process\/lid001/);
    expect(await text("h1")).toBe("beta");
  });
});

describe("the table of processes", () => {
  test("is sorted by a click on a head, and the order is in the address", async () => {
    await open("/processes");
    const byName = await names();
    expect(byName.slice(0, 2)).toEqual(["alpha", "beta"]);
    await page.getByRole("link", { name: "State" }).click();
    expect((await names())[0]).toBe("fails");
    expect(page.url()).toContain("sort=state");
    await open("/processes?sort=-name");
    expect(await names()).toEqual(byName.toReversed());
  });

  test("an update keeps selection, filter, focus and place", async () => {
    await open("/processes");
    const all = (await names()).length;
    await open("/processes?filter=host%3Alid001");
    expect((await names()).length).toBeLessThan(all);
    await rowOf(page, ALPHA).locator("input").check();
    await rowOf(page, BETA).locator("input").focus();
    await hub.post("/api/process/start", { uid: BETA });
    await shows(BETA, "RUNNING");
    expect(await rowOf(page, ALPHA).locator("input").isChecked()).toBe(true);
    expect(
      await rowOf(page, BETA)
        .locator("input")
        .evaluate((box) => box === document.activeElement),
    ).toBe(true);
    expect(await page.locator("#filter").inputValue()).toBe("host:lid001");
    await hub.post("/api/process/stop", { uid: BETA });
    await shows(BETA, "STOPPED");
  });

  test("shift takes all from one to another, the head takes all that match, and one action goes to all of them", async () => {
    await open("/processes?filter=group%3Aweb");
    await page.locator(".row:visible input").first().check();
    await page
      .locator(".row:visible input")
      .nth(1)
      .click({ modifiers: ["Shift"] });
    expect(await text("#selection-count")).toBe("2 selected");
    await page.keyboard.press("Escape");
    await page.locator("[data-pick-all]").check();
    expect(await text("#selection-count")).toBe("2 selected");
    await page.locator('[data-bulk="start"]').click();
    expect(await text("#confirm-title")).toBe("Start 2 processes on lid001?");
    await page.locator("#confirm-yes").click();
    await shows(BETA, "RUNNING");
    await hub.post("/api/process/stop", { uid: BETA });
    await shows(BETA, "STOPPED");
  });
});

describe("the page of a process", () => {
  test("shows what happened and why, and does nothing that the process wrote", async () => {
    await open(`/process/${FAILS}`);
    expect(await page.locator("#process-head").getAttribute("data-state")).toBe("FATAL");
    const why = page.locator("#happened details").first();
    await why.locator("summary").click();
    expect(await why.locator("pre").innerText()).toContain("<script>window.hacked=1</script>");
    await hub.post("/api/process/start", { uid: FAILS });
    await waitFor("more to have happened", async () => (await page.locator("#happened .happened").count()) >= 4);
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  });

  test("acts where it is clicked, and tells when it is done", async () => {
    await open(`/process/${BETA}`);
    await page.locator("#process-head").getByRole("button", { name: "Start", exact: true }).click();
    await shows(BETA, "RUNNING");
    await page.locator("#process-head").getByRole("button", { name: "Stop" }).click();
    await shows(BETA, "STOPPED");
    await page.getByText("stop by somebody").first().waitFor({ timeout: 5_000 });
  });

  test("follows the log, with its colours and without its markup", async () => {
    await open("/process/lid001:talks:talks");
    const log = page.locator("#log-lines");
    await log.getByText("first line").waitFor();
    expect(await log.locator(".ansi-red").innerText()).toBe("red");
    const path = (await hub.process("lid001:talks:talks"))?.stdout_logfile ?? "";
    appendFileSync(path, "a line that came later\n");
    await log.getByText("a line that came later").waitFor({ timeout: 5_000 });
    await page.locator("#log-find").fill("LATER");
    expect(await text("#log-found")).toBe("1");
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
  });
});

describe("supervisors", () => {
  test("a reread says what it found, a shutdown asks with the number of processes that stop", async () => {
    await open("/supervisors");
    const row = page.locator('[data-supervisor="lid001"]');
    await row.getByText("Reread").click();
    await page.locator("#progress").getByText("lid001: nothing in its configuration has changed.").waitFor();
    await page.locator("#progress-close").click();
    await row.getByText("Shut down").click();
    expect(await text("#confirm-text")).toMatch(/^\d+ running processes stop\./);
    await page.keyboard.press("Escape");
    await row.locator(".name").click();
    await page.waitForURL(`${hub.url}/supervisor/lid001`);
    expect(await names()).toContain("alpha");
    await page.locator("#log-lines").getByText("supervisord started with pid").first().waitFor({ timeout: 10_000 });
  });

  test("one that goes down is seen as down, in its row and behind the bell", async () => {
    await open("/supervisors");
    await other.stop();
    const row = page.locator('[data-supervisor="lid002"]');
    await waitFor("lid002 to be shown down", async () => (await row.getAttribute("data-look")) === "bad");
    await page.locator('#bell[aria-label*="new"]').waitFor();
    await page.locator("#bell").click();
    await page.locator("#notices").getByText("lid002 is down").waitFor();
    await other.start();
    await waitFor("lid002 to be shown live", async () => (await row.getAttribute("data-look")) === "running");
  }, 60_000);
});

test("without scripts lists, details and history read, and the forms of a process work", async () => {
  const plain = await openVisitor(place, { javaScriptEnabled: false });
  await plain.goto(`${hub.url}/processes?filter=beta`);
  expect(await plain.locator(".row:visible").count()).toBe(1);
  await plain.getByRole("link", { name: "beta" }).click();
  await plain.getByRole("button", { name: "Start", exact: true }).click();
  expect(await plain.locator("#process-head").getAttribute("data-state")).toBe("RUNNING");
  await plain.getByRole("button", { name: "Stop" }).click();
  expect(await plain.locator("#process-head").getAttribute("data-state")).toBe("STOPPED");
  await plain.goto(`${hub.url}/history?process=beta`);
  expect(await plain.locator(".happened").count()).toBeGreaterThan(2);
});

test("no page asked another host for anything, broke a rule of its policy, or wrote an error", () => {
  expect(browser.requests.filter((url) => !url.startsWith(`${hub.url}/`) && !url.startsWith("data:"))).toEqual([]);
  // The browser notes the answer to the question that was wrong on purpose.
  expect(browser.problems.filter((problem) => !problem.includes("status of 400"))).toEqual([]);
});
