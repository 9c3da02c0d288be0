import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { openBrowser, openLive } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf } from "./support/page-rows.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:quiet]
command=/bin/sleep 1000
startsecs=0
[program:busy]
command=/bin/sh -c "while :; do i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; sleep 0.05; done"
startsecs=0
[program:loops]
command=/bin/sh -c "sleep 1.2; exit 3"
startsecs=1
autorestart=unexpected
[program:off]
command=/bin/sleep 1000
autostart=false
`;

const QUIET = "lid001:quiet:quiet";
const BUSY = "lid001:busy:busy";
const COLUMNS = ["name", "group", "host", "state", "pid", "since", "cpu", "memory", "restarts"];

let host: TestSupervisord;
let hub: TestHub;
let page: Page;

beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  ({ page } = await openBrowser(place));
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);
const cell = (uid: string, name: string) => rowOf(page, uid).locator(`.${name}`).innerText();
const names = () => page.locator(".row .name").allInnerTexts();

test("a row tells what its process uses, how often it began, and its last day, and follows by itself", async () => {
  await open("/processes");
  await rowOf(page, QUIET).locator(".pick input").check();
  await rowOf(page, BUSY).locator(".name").focus();
  await waitFor("CPU of the busy one", async () => Number.parseFloat(await cell(BUSY, "cpu")) > 1, 30_000);
  expect(await cell(QUIET, "cpu")).toBe("0 %");
  expect(await cell(QUIET, "mem")).toMatch(/^\d+(\.\d)? [KM]iB$/);
  expect(await rowOf(page, QUIET).locator(".past svg").getAttribute("aria-label")).toStartWith("Last 24 h");
  await waitFor("starts to be counted", async () => Number(await cell("lid001:loops:loops", "re")) > 2);
  expect(await rowOf(page, QUIET).locator(".pick input").isChecked()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("busy");
}, 60_000);

test("every column can be sorted by, on the page and by its address alike", async () => {
  await open("/processes");
  for (const column of COLUMNS) {
    await page.locator(`[data-sort=${column}]`).click();
    if (column === "name") continue; // was it already, and turns round
    await page.waitForURL(new RegExp(`sort=${column}$`));
    await waitFor(`the order by ${column}`, async () => (await page.locator(`.by-${column}[aria-sort]`).count()) === 1);
  }
  await page.locator("[data-sort=cpu]").click();
  await waitFor("the busiest on top", async () => ["busy", "multivisor"].includes((await names())[0] ?? ""));
  await open("/processes?sort=-cpu");
  expect((await names()).at(-1)).toMatch(/busy|multivisor/);
}, 60_000);

test("a process that ends again and again meets the eye first, with how often it did", async () => {
  await open("/");
  const line = page.locator(".line", { hasText: "loops" });
  await waitFor("the crash loop", async () => (await line.innerText()).includes("unexpected ends in 10 min"), 30_000);
  expect(await line.innerText()).toContain("Crash loop");
  expect(await page.locator(".card .row[data-look=running] .past svg").count()).toBeGreaterThan(1);
}, 60_000);

test("supervisors show what all of their processes use, and are sorted by it", async () => {
  await open("/supervisors");
  const row = page.locator(".host-row", { hasText: "lid001" });
  await waitFor("the sums", async () => /MiB|GiB/.test(await row.locator(".mem").innerText()), 30_000);
  expect(Number(await row.locator(".re").innerText())).toBeGreaterThan(2);
  await page.locator("[data-sort=memory]").click();
  await page.waitForURL(/sort=memory/);
  expect(await page.locator(".by-memory").getAttribute("aria-sort")).toBe("ascending");
}, 60_000);

test("the log is one click away in every row", async () => {
  await open("/processes");
  await rowOf(page, QUIET).locator("[data-act=log]").click();
  await page.waitForURL(/quiet\/log$/);
});
