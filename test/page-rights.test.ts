import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { ACTING_USERS, loginOf, startActingFleet } from "./support/acting-fleet.ts";
import { openLive, openVisitor } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf } from "./support/page-rows.ts";
import type { TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const QUICK = "lid001:mygroup:quick";

let host: TestSupervisord;
let hub: TestHub;

beforeAll(async () => {
  const fleet = await startActingFleet(place);
  host = fleet.host;
  hub = await startHub(place, { supervisors: [host, fleet.other], global: ACTING_USERS });
}, 60_000);

describe("who may not do it", () => {
  const as = async (user: string, path: string, more = {}) => {
    const own = await openVisitor(place, { extraHTTPHeaders: loginOf(user), ...more });
    await openLive(own, hub.url + path);
    return own;
  };
  const acts = (own: Page) =>
    own
      .locator("[data-act=start], [data-act=restart], [data-act=stop], [data-sact], .acting")
      .filter({ visible: true });

  test("is not offered it: a viewer sees no action anywhere, and reads logs of what is selected", async () => {
    const own = await as("vera", "/processes");
    for (const path of ["/", "/processes", "/supervisors", "/supervisor/lid001", `/process/${QUICK}`]) {
      await openLive(own, hub.url + path);
      expect({ path, acts: await acts(own).count() }).toEqual({ path, acts: 0 });
    }
    await openLive(own, `${hub.url}/processes`);
    await rowOf(own, QUICK).locator("input").check();
    expect(await acts(own).count()).toBe(0);
    await rowOf(own, QUICK).locator(".name").focus();
    await own.keyboard.press("s");
    await own.getByText("You may look, but not act.").waitFor();
    await own.keyboard.press("?");
    expect(await own.locator("#help").innerText()).not.toContain("Restart");
    await own.keyboard.press("Escape");
    await own.keyboard.press("Control+k");
    await own.locator("#palette-input").fill("stop quick");
    await own.getByText("Nothing is called that.").waitFor();
    await own.keyboard.press("Escape");
    await own.locator("[data-bulk=logs]").click();
    await own.waitForURL(/\/log\?uid=/);
  }, 60_000);

  test("nor is an operator with a part of a host what touches all of it", async () => {
    const own = await as("otto", "/supervisors");
    expect(await own.locator(".host-row").count()).toBe(2);
    expect(await own.locator("[data-sact]").count()).toBe(0);
    await openLive(own, `${hub.url}/processes`);
    expect(await own.locator(".row").count()).toBe(6);
    expect(await rowOf(own, QUICK).locator("[data-act=stop]").isVisible()).toBe(true);
    await openLive(own, `${hub.url}/supervisor/lid001`);
    expect(await own.locator("[data-sact]").count()).toBe(0);
    await own.locator("[data-many=supervisor]").click();
    await own.locator("[data-many-act=restart]").click();
    await own.locator("#confirm[open]").waitFor();
    expect(await own.locator("#confirm-title").innerText()).toBe("Restart 3 processes on lid001?");
  });

  test("fingers get the same from below, log and details first", async () => {
    const own = await as("otto", "/", { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await rowOf(own, QUICK).locator("[data-act=more]").tap();
    expect(await own.locator("#sheet button").allInnerTexts()).toEqual([
      ...["Log", "Details", "Start", "Restart", "Stop", "Close"],
    ]);
    expect(await own.locator("#sheet").getByRole("button", { name: "Start", exact: true }).isDisabled()).toBe(true);
    await own.locator("#sheet").getByRole("button", { name: "Stop" }).tap();
    await waitFor("quick to be stopped", async () => (await host.stateOf("mygroup:quick")) === "STOPPED");
    const viewer = await as("vera", "/", { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await rowOf(viewer, QUICK).locator("[data-act=more]").tap();
    expect(await viewer.locator("#sheet button").filter({ visible: true }).allInnerTexts()).toEqual([
      ...["Log", "Details", "Close"],
    ]);
  });
});
