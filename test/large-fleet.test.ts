import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { numberText } from "../src/views/texts/number-text.ts";
import { openBrowser } from "./support/browser.ts";
import { startFleet, type TestFleet } from "./support/fleet.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { notedStates, noteStates, rowOf } from "./support/page-rows.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

/** More than one page of processes holds, in fewer groups than processes. */
const SIZE = { supervisors: 260, processes: 50 };
const TOTAL = SIZE.supervisors * (SIZE.processes + 1);
const ROWS = 12_000;
/** All but the agents. */
const OTHERS = SIZE.supervisors * SIZE.processes;

const place = openTestPlace();
afterAll(() => place.close());

let fleet: TestFleet;
let hub: TestHub;
let page: Page;
/** By name it stands after all that the page has room for. */
let last: string;

beforeAll(async () => {
  fleet = await startFleet(place, SIZE);
  hub = await startHub(place, { supervisors: fleet.members });
  await hub.live(...fleet.members.map(({ name }) => name));
  ({ page } = await openBrowser(place));
  await open("/processes?sort=-name");
  last = (await page.locator(".row").first().getAttribute("data-uid")) ?? "";
}, 120_000);

const open = async (path: string) => {
  await page.goto(hub.url + path);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 20_000 });
};
const rowCount = () => page.locator(".row").count();

test("the table holds a part, says of how much, and the filter finds the others", async () => {
  await open("/processes");
  expect(await rowCount()).toBe(ROWS);
  expect(await page.locator("#part").innerText()).toStartWith(`${numberText(ROWS)} of ${numberText(TOTAL)} processes`);
  expect(await rowOf(page, last).count()).toBe(0);
  await page.locator("#filter").fill(`"${last}"`);
  await rowOf(page, last).waitFor();
  expect(await rowCount()).toBe(1);
  expect(await page.locator("#match-count").innerText()).toBe(`1 of ${numberText(TOTAL)}`);
  await page.locator("#filter").fill("");
  await waitFor("the first ones again", async () => (await rowCount()) === ROWS);
}, 60_000);

test("all rows are those of the page; all that match, beyond them too, are offered beside", async () => {
  await open("/processes?filter=-group:multivisor");
  await page.locator("[data-pick-all]").check();
  const bar = page.locator("#selection");
  expect(await bar.innerText()).toContain(`${numberText(ROWS)} selected`);
  await bar.getByRole("button", { name: `All ${numberText(OTHERS)} that match` }).click();
  expect(await bar.innerText()).toContain(`${numberText(OTHERS)} selected all that match -group:multivisor`);
  await bar.getByRole("button", { name: "Stop" }).click();
  await page.locator("#confirm[open]").waitFor();
  expect(await page.locator("#confirm-title").innerText()).toBe(
    `Stop ${numberText(OTHERS)} processes on ${SIZE.supervisors} hosts?`,
  );
  await page.keyboard.press("Escape");
  await page.locator(".row input").first().uncheck();
  expect(await bar.innerText()).toContain(`${numberText(ROWS - 1)} selected`);
}, 60_000);

test("another order is that of the whole fleet", async () => {
  await open("/processes");
  await page.locator("[data-sort=name]").click();
  await waitFor("the last on top", async () => (await page.locator(".row").first().getAttribute("data-uid")) === last);
}, 60_000);

/** It dies, and once more while it is started: supervisord goes on trying. */
async function fail(uid: string): Promise<void> {
  const [host = "", group = "", name = ""] = uid.split(":");
  const kill = () => fleet.tell("kill", { hosts: host, process: `${group}:${name}` });
  await kill();
  await waitFor("its next start", async () => {
    const one = (await fleet.processes(host)).find(({ namespec }) => namespec === `${group}:${name}`);
    return one?.state === "STARTING";
  });
  await kill();
}

test("what fails comes into the table, wherever it stands in the order", async () => {
  await open("/processes");
  expect(await rowOf(page, last).count()).toBe(0);
  await fail(last);
  await rowOf(page, last).waitFor({ timeout: 20_000 });
}, 60_000);

test("groups show what is in trouble and the first, and lead to the rest", async () => {
  await open("/");
  expect(await rowCount()).toBeLessThanOrEqual(1_000);
  const isAway = async () => (await rowOf(page, last).count()) === 0;
  await waitFor("it to be away", isAway);
  await noteStates(page, last);
  await fail(last);
  await waitFor("it to be shown", async () => (await notedStates(page)).length > 0);
  await waitFor("it to be away again", isAway);
  const rest = page.locator(".card .rest a").first();
  expect(await rest.innerText()).toMatch(/^[\d,]+ more, all [\d,]+ in the list of processes$/);
  expect(await page.locator("[data-pick-group]").first().getAttribute("aria-label")).toMatch(
    /^Select the \d+ of group .* that are shown here; its menu acts on all [\d,]+$/,
  );
  await rest.click();
  await page.waitForURL(/\/processes\?filter=group%3A/);
}, 60_000);

test("a filter of the groups leads to the list, which has all that match", async () => {
  await open("/?filter=group:web");
  expect(page.url()).toContain("/processes?filter=group%3Aweb");
  await open("/");
  await page.locator("#filter").fill("state:running");
  await page.locator("#filter").press("Enter");
  await page.waitForURL(/\/processes\?filter=state%3Arunning/);
}, 60_000);
