import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { installabilityErrors } from "./support/installability.ts";
import { rowOf, shownState } from "./support/page-rows.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "[program:alpha]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const ALPHA = "lid001:alpha:alpha";
const ANN = { authorization: `Basic ${btoa("ann:secret")}` };

describe("a hub under a path of its own", () => {
  let host: TestSupervisord;
  let hub: TestHub;
  let browser: WatchedPage;

  beforeAll(async () => {
    host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
    hub = await startHub(place, {
      ...{ supervisors: [host], basePath: "/supervisors", global: "username=ann\npassword=secret\n" },
    });
    await waitFor("lid001 to be live", async () => {
      const { supervisors } = await (await hub.get("/api/data", { headers: ANN })).json();
      return supervisors.lid001?.running;
    });
    browser = await openBrowser(place);
  }, 60_000);

  test("asks for the login there, shows pages live and acts, and never leaves the path", async () => {
    const { page, requests } = browser;
    await page.goto(`${hub.url}/processes`);
    expect(new URL(page.url()).pathname).toBe("/supervisors/login");
    await page.getByLabel("User").fill("ann");
    await page.getByLabel("Password").fill("secret");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${hub.url}/processes`);
    await waitFor("alpha to be shown", async () => (await shownState(page, ALPHA)) === "RUNNING");
    await rowOf(page, ALPHA).hover();
    await rowOf(page, ALPHA).locator('[data-act="stop"]').click();
    await waitFor("alpha to be stopped on the page", async () => (await shownState(page, ALPHA)) === "STOPPED");
    expect(await host.stateOf("alpha")).toBe("STOPPED");
    for (const name of ["Groups", "Supervisors", "History"]) {
      await page.getByRole("link", { name, exact: true }).first().click();
      await page.waitForURL((url) => url.pathname.startsWith("/supervisors"));
    }
    expect(await installabilityErrors(page)).toEqual([]);
    const away = requests.filter((address) => !`${address}/`.startsWith(`${hub.url}/`));
    expect(away).toEqual([]);
    expect(browser.problems).toEqual([]);
  }, 60_000);

  test("answers nothing beside it", async () => {
    const { origin } = new URL(hub.url);
    for (const path of ["/", "/api/data", "/supervisorsx", "/login"])
      expect((await fetch(origin + path, { headers: ANN, redirect: "manual" })).status).not.toBe(200);
  });
});
