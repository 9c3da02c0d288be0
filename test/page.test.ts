import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { timeZone } from "../src/agent/time-zone.ts";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf, shownState } from "./support/page-rows.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** Markup in a name and in a path that ends up in spawnerr. supervisord forbids space, colon and slash in names. */
const HOSTILE = `<img\tsrc=x\tonerror=window.hacked=1>"'&lt;b&gt;`;

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
[program:${HOSTILE}]
command="/nowhere/<script>window.hacked=1</script>"
startretries=0
[program:gamma]
command=/bin/sleep 1000
startsecs=0
`;

const ALPHA = "lid001:web:alpha";
const BETA = "lid001:web:beta";

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
  await page.goto(hub.url);
}, 60_000);

const shows = (uid: string, state: string) =>
  waitFor(`the page to show ${uid} ${state}`, async () => (await shownState(page, uid)) === state);

async function click(uid: string, action: string): Promise<void> {
  const row = rowOf(page, uid);
  await row.hover();
  await row.locator(`[data-act="${action}"]`).click();
}

const isVisible = (uid: string) => rowOf(page, uid).isVisible();

/** What a person can read anywhere on the page. */
const reads = (pattern: RegExp) => page.getByText(pattern).filter({ visible: true }).first().isVisible();

describe("the page of a fleet", () => {
  test("shows every process with its state", async () => {
    await shows(ALPHA, "RUNNING");
    await shows(BETA, "STOPPED");
    await shows("lid001:gamma:gamma", "RUNNING");
    await shows("lid002:gamma:gamma", "RUNNING");
  });

  test("starts, restarts and stops a process by clicks, and shows it without a reload", async () => {
    await click(BETA, "start");
    await shows(BETA, "RUNNING");
    const before = await host.pidOf("web:beta");
    expect(before).toBeGreaterThan(0);
    await click(BETA, "restart");
    await waitFor("another pid", async () => {
      const now = await host.pidOf("web:beta");
      return now > 0 && now !== before;
    });
    await shows(BETA, "RUNNING");
    await click(BETA, "stop");
    await shows(BETA, "STOPPED");
    expect(await host.stateOf("web:beta")).toBe("STOPPED");
    expect(await host.stateOf("web:alpha")).toBe("RUNNING");
  });

  test("filters as one types, and the filter is in the address", async () => {
    const box = page.getByRole("combobox", { name: "Filter processes" });
    await box.fill("alpha");
    await waitFor(
      "alpha alone to be visible",
      async () => (await isVisible(ALPHA)) && !(await isVisible("lid001:gamma:gamma")),
    );
    expect(new URL(page.url()).search).toContain("alpha");
    const address = page.url();
    await page.goto(address);
    await waitFor(
      "the filter to be kept",
      async () => (await isVisible(ALPHA)) && !(await isVisible("lid001:gamma:gamma")),
    );
    await page.getByRole("combobox", { name: "Filter processes" }).fill("");
    await waitFor("all to be visible", () => isVisible("lid001:gamma:gamma"));
  });

  test("does nothing that a hostile process name or spawnerr says", async () => {
    const hostile = Object.values((await hub.data()).supervisors.lid001?.processes ?? {}).find((p) =>
      p.name.includes("<img"),
    );
    if (hostile === undefined) throw new Error("supervisord did not take the name");
    expect(hostile.spawnerr).toContain("<script>");
    await shows(hostile.uid, "FATAL");
    const names = await rowOf(page, hostile.uid).getAttribute("data-uid");
    expect(names).toBe(hostile.uid);
    await rowOf(page, hostile.uid).hover();
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  });

  test("marks every process of a supervisord that is down, and shows them live again when it is back", async () => {
    await other.stop();
    const row = rowOf(page, "lid002:gamma:gamma");
    await waitFor(
      "the row to be marked as stale",
      async () =>
        (await row.getAttribute("data-look")) === "unknown" || (await row.getAttribute("data-stale")) !== null,
    );
    expect(await reads(/lid002.*(down|not running|unreachable)|(down|not running|unreachable).*lid002/i)).toBe(true);
    expect(await rowOf(page, ALPHA).getAttribute("data-stale")).toBeNull();
    await other.start();
    await waitFor(
      "the row to be live again",
      async () =>
        (await row.getAttribute("data-stale")) === null && (await shownState(page, "lid002:gamma:gamma")) === "RUNNING",
    );
  }, 60_000);

  test("says within 5 s that the hub is gone, and heals by itself when it is back", async () => {
    const lost = page
      .getByText(/(connection|contact).*(lost|hub)|lost.*(connection|contact)|hub.*(gone|not answer|unreachable)/i)
      .filter({ visible: true });
    expect(await lost.count()).toBe(0);
    const before = browser.problems.length;
    await hub.kill9();
    await lost.first().waitFor({ state: "visible", timeout: 5_000 });
    await host.rpc("supervisor.stopProcess", "web:alpha");
    await hub.start();
    await lost.first().waitFor({ state: "hidden", timeout: 15_000 });
    await shows(ALPHA, "STOPPED");
    await host.rpc("supervisor.startProcess", "web:alpha");
    await shows(ALPHA, "RUNNING");
    // The browser and htmx report the requests that failed while the hub was gone; nothing else may be there.
    const meanwhile = browser.problems.splice(before);
    expect(meanwhile.filter((problem) => !/net::ERR_|htmx:sse:error/.test(problem))).toEqual([]);
  }, 60_000);

  test("says so too where the hub only falls silent, with how old its values are by then", async () => {
    const before = browser.problems.length;
    process.kill(hub.pid(), "SIGSTOP");
    try {
      const banner = page.locator("#lost");
      await banner.waitFor({ state: "visible", timeout: 15_000 });
      const [, age] = /as of (\d+) s ago/.exec(await banner.innerText()) ?? [];
      expect(Number(age)).toBeLessThanOrEqual(5);
      expect(
        await rowOf(page, ALPHA).evaluate((row) => getComputedStyle(row.closest("#cards") ?? row).opacity),
      ).not.toBe("1");
    } finally {
      process.kill(hub.pid(), "SIGCONT");
    }
    await page.locator("#lost").waitFor({ state: "hidden", timeout: 15_000 });
    await shows(ALPHA, "RUNNING");
    browser.problems.splice(before);
  }, 60_000);

  test("tells each time in the reader's zone, and by the host's own clock, when it is asked for", async () => {
    await rowOf(page, ALPHA).locator(".age").hover();
    const title = (await rowOf(page, ALPHA).locator(".age").getAttribute("title")) ?? "";
    expect(title).toMatch(/^since .+\n\d{4}-\d\d-\d\dT[\d:.]+Z/);
    if (timeZone() !== null) expect(title).toContain("\nlid001: ");
  });

  test("asked no other host for anything, broke no rule of its policy, wrote no error", () => {
    expect(browser.requests.length).toBeGreaterThan(3);
    expect(browser.requests.filter((url) => !url.startsWith(`${hub.url}/`) && !url.startsWith("data:"))).toEqual([]);
    expect(browser.problems).toEqual([]);
  });

  test("is served with a policy that allows nothing from elsewhere and nothing inline", async () => {
    const policy = (await hub.get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain("unsafe-");
    expect(policy).toContain("frame-ancestors 'none'");
  });
});
