import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { openBrowser, openLive, openVisitor } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "[program:alpha]\ncommand=/bin/sleep 1000\nstartsecs=0\n";

let hosts: TestSupervisord[];
let hub: TestHub;
let page: Page;
let problems: readonly string[];

beforeAll(async () => {
  hosts = await Promise.all(
    ["lid001", "lid002", "web-03"].map((name) =>
      startSupervisord(place, { name, programs: PROGRAMS, recorder: false }),
    ),
  );
  hub = await startHub(place, { supervisors: hosts });
  await hub.live("lid001", "lid002", "web-03");
  ({ page, problems } = await openBrowser(place));
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);
const namesOn = (on: Page) =>
  on
    .locator(".host-row")
    .filter({ visible: true })
    .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.supervisor));
const shows = (...names: string[]) =>
  waitFor(
    `the list to show ${names.join(", ")}`,
    async () => JSON.stringify(await namesOn(page)) === JSON.stringify(names),
  );
const filter = () => page.locator("#filter");
const counted = () => page.locator("#match-count").innerText();
const linkOfHosts = () => page.locator("#counts .hosts:not(.groups-count)");
const linkOfGroups = () => page.locator("#counts .groups-count");

test("the list of supervisors is filtered where it is, counted, kept in the address and in the orders", async () => {
  await open("/supervisors");
  await filter().fill("host:lid*");
  expect(await namesOn(page)).toEqual(["lid001", "lid002"]);
  expect(await counted()).toBe("2 of 3");
  expect(new URL(page.url()).pathname).toBe("/supervisors");
  await filter().press("Enter");
  await page.locator("th a[data-sort=name]").click();
  await page.waitForURL(/sort=-name/);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  expect(await namesOn(page)).toEqual(["lid002", "lid001"]);
  await filter().fill("nobody");
  expect(await page.locator("#no-match").innerText()).toStartWith("No supervisor matches");
  await page.locator("#no-match a").click();
  expect(await namesOn(page)).toEqual(["web-03", "lid002", "lid001"]);
  expect(await filter().inputValue()).toBe("");
});

test("what may stand there is offered: names and states of links", async () => {
  await open("/supervisors");
  await page.keyboard.press("/");
  await page.locator("#filter-options").getByText("state:").waitFor();
  expect(await page.locator("#filter-options [role=option] > :first-child").allInnerTexts()).toEqual([
    "state:",
    "host:",
  ]);
  await filter().pressSequentially("state:d");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  expect(await filter().inputValue()).toBe("state:down ");
});

test("the count of hosts leads to those that are not reached, and to all where all are", async () => {
  await open("/");
  expect(await linkOfHosts().getAttribute("href")).toBe("/supervisors");
  await hosts[1]?.stop();
  await page.locator("#counts [data-some-down]").waitFor();
  await linkOfHosts().click();
  await page.waitForURL(/\/supervisors\?filter=-state%3Alive$/);
  await shows("lid002");
  expect(await counted()).toBe("1 of 3");
  const why = page.locator('.host-row[data-link="down"] .cause');
  expect((await why.innerText()).length).toBeGreaterThan(5);
  expect(await why.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0); // read whole
  await filter().fill("");
  await linkOfHosts().click();
  await shows("lid002");
  // It follows: what is live again is not of those any more.
  await hosts[1]?.start();
  await shows();
  await page.locator("#counts:not(:has([data-some-down]))").waitFor();
  await linkOfHosts().click();
  await shows("lid001", "lid002", "web-03");
}, 60_000);

test("the counts of processes and groups lead to those", async () => {
  await open("/supervisors?filter=web");
  await page.locator("#counts .count").first().click();
  await page.waitForURL(/\/processes\?filter=state%3Arunning$/);
  await open("/?filter=name:nobody");
  expect(await page.locator(".card").filter({ visible: true }).count()).toBe(0);
  await linkOfGroups().click();
  expect(await page.locator(".card").filter({ visible: true }).count()).toBe(2);
  expect(await filter().inputValue()).toBe("");
});

test("without scripts the list shows the same", async () => {
  const plain = await openVisitor(place, { javaScriptEnabled: false });
  await plain.goto(`${hub.url}/supervisors`);
  await plain.locator("#filter").fill("web");
  await plain.locator("#filter").press("Enter");
  await plain.waitForURL(/\/supervisors\?filter=web$/);
  expect(await namesOn(plain)).toEqual(["web-03"]);
});

test("no page wrote an error", () => expect(problems).toEqual([]));
