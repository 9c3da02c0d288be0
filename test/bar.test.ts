import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { startFleet, type TestFleet } from "./support/fleet.ts";
import { hubConfText, startHub, type TestHub } from "./support/hub.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

let fleet: TestFleet;
let hub: TestHub;
let browser: WatchedPage;
let page: Page;

beforeAll(async () => {
  fleet = await startFleet(place, { supervisors: 6, processes: 8 });
  hub = await startHub(place, { supervisors: fleet.members });
  await hub.live(...fleet.members.map(({ name }) => name));
  await hub.post("/api/process/stop", { uid: "sim001:*:*" });
  browser = await openBrowser(place);
  page = browser.page;
}, 120_000);

const open = async (path: string) => {
  await page.goto(hub.url + path);
  await shown();
};
const shown = () => page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 10_000 });
const filter = () => page.locator("#filter");
const inUrl = () => new URL(page.url()).searchParams.get("filter");

describe("the counts of the bar", () => {
  test("of processes lead to those that they count, from every page", async () => {
    const found = await hub.json<string[]>("/api/process/list?filter=state:stopped,exited+-state:trouble");
    expect(found.length).toBeGreaterThan(3);
    for (const from of ["/", "/supervisors", "/processes", "/history", "/process/sim001:multivisor:multivisor"]) {
      await open(from);
      const count = page.locator(".count", { has: page.locator(".shape.stopped") });
      expect(Number(await count.innerText())).toBe(found.length);
      await count.click();
      await waitFor("the filter", async () => inUrl() === "state:stopped,exited -state:trouble");
      await shown();
      await waitFor(
        () => `what it counts, from ${from}`,
        async () => (await page.locator(".row").filter({ visible: true }).count()) === found.length,
      );
    }
  }, 60_000);
});

describe("finding the way", () => {
  test.each([
    ["g", "/"],
    ["s", "/supervisors"],
    ["p", "/processes"],
    ["h", "/history"],
  ])("g %s leads to %s", async (key, path) => {
    await open(path === "/" ? "/history" : "/");
    await page.keyboard.press("g");
    await page.keyboard.press(key);
    await page.waitForURL(hub.url + path);
    await shown();
  });

  test.each(["/", "/supervisors", "/processes"])(
    "back, forward and reload keep the view of %s",
    async (path) => {
      await open("/history");
      await open(path);
      await filter().fill("sim004");
      const visible = () => page.locator(".row, .host-row").filter({ visible: true }).count();
      await waitFor("fewer", async () =>
        (await page.locator("#match-count").innerText()).endsWith(path === "/supervisors" ? "of 6" : "of 54"),
      );
      const before = await visible();
      const isSame = async () => {
        await shown();
        expect(await filter().inputValue()).toBe("sim004");
        expect(await visible()).toBe(before);
      };
      await page.goBack();
      await page.waitForURL(/history/);
      await page.goForward();
      await isSame();
      await page.reload();
      await isSame();
      await page.locator(":is(.row, .host-row) a.name").filter({ visible: true }).first().click();
      await page.waitForURL(/\/(process|supervisor)\//);
      await page.goBack();
      await isSame();
    },
    30_000,
  );

  test("back and forward keep the range and the fields of the history", async () => {
    await open("/history");
    await page.locator("select[name=range]").selectOption("1h");
    await page.waitForURL(/range=1h/);
    await shown();
    await page.goBack();
    await page.waitForURL(`${hub.url}/history`);
    await page.goForward();
    await page.waitForURL(/range=1h/);
    expect(await page.locator("select[name=range]").inputValue()).toBe("1h");
    await page.reload();
    expect(await page.locator("select[name=range]").inputValue()).toBe("1h");
  }, 60_000);
});

test("more logs than can be told apart are not shown together, and the page says so", async () => {
  await open("/processes");
  await page.locator("[data-pick-all]").check();
  await page.getByRole("button", { name: "Logs", exact: true }).click();
  await page.getByText("The first 16 of 54: no more can be read together.").waitFor();
  expect(await page.locator(".log-whose a").count()).toBe(16);
}, 60_000);

describe("with a long name of the fleet, and a login of a long name", () => {
  beforeAll(async () => {
    await page.goto("about:blank"); // what follows the hub without a login would be refused
    const long = "name=Beamline BL13 XALOC, experimental hall and laboratories";
    const login = "username=administrator-on-call\npassword=a good one";
    hub.rewrite(hubConfText({ supervisors: fleet.members }).replace("name=test place", `${long}\n${login}`));
    expect((await hub.post("/api/admin/reload")).status).toBe(200);
    await page.context().setExtraHTTPHeaders({ authorization: `Basic ${btoa("administrator-on-call:a good one")}` });
  });

  test.each([
    [1_920, 1],
    [1_440, 1],
    [1_330, 1],
    [1_024, 2],
    [820, 2],
    [701, 2],
    [390, 3],
  ])("the bar of a page %i px wide has %i lines, and all of it is seen", async (width, lines) => {
    await page.setViewportSize({ width, height: 900 });
    await open("/");
    const boxes = await page
      .locator(".bar > :is(.brand, .filter, .counts, .live, .bar-end)")
      .evaluateAll((parts) => parts.map((part) => part.getBoundingClientRect().toJSON() as DOMRect));
    const middles = boxes.map(({ top, height }) => top + height / 2);
    expect(middles.filter((y, i) => middles.findIndex((other) => Math.abs(other - y) < 12) === i)).toHaveLength(lines);
    for (const { left, right } of boxes) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
    }
  });
});

test("no page broke a rule of its policy or wrote an error", () => {
  expect(browser.problems).toEqual([]);
});
