import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { ACTING_PROGRAMS, SLEEPS, startActingFleet } from "./support/acting-fleet.ts";
import { openBrowser, openLive, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf, shownState } from "./support/page-rows.ts";
import type { TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const FLAPS = `[program:flaps]
command=/bin/sh -c "sleep 0.3; exit 3"
startsecs=0
autostart=false
autorestart=true
`;

const QUICK = "lid001:mygroup:quick";
const SLOW1 = "lid001:mygroup:slow";
const AGENT = "lid001:multivisor:multivisor";

let host: TestSupervisord;
let other: TestSupervisord;
let hub: TestHub;
let browser: WatchedPage;
let page: Page;

beforeAll(async () => {
  ({ host, other } = await startActingFleet(place, FLAPS));
  hub = await startHub(place, { supervisors: [host, other] });
  await hub.live("lid001", "lid002");
  browser = await openBrowser(place);
  page = browser.page;
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);
const shows = (uid: string, state: string) =>
  waitFor(`the page to show ${uid} ${state}`, async () => (await shownState(page, uid)) === state);
const text = (selector: string) => page.locator(selector).innerText();
const line = (name: string) => page.locator("#progress-list li").filter({ has: page.getByText(name, { exact: true }) });
const chooseFromMenu = async (of: "group" | "supervisor", name: string, what: string) => {
  await page.locator(`[data-many=${of}][data-name="${name}"]`).click();
  await page.locator(`[data-many-act=${what}]`).click();
  await page.locator("#confirm[open]").waitFor();
};

describe("an action on several", () => {
  test("names count and hosts, shows each on its way, says what was not done and why, and stays until it is read", async () => {
    await open("/");
    await chooseFromMenu("group", "mygroup", "restart");
    expect(await text("#confirm-title")).toBe("Restart 6 processes on 2 hosts?");
    expect(await text("#confirm-text")).toStartWith("Hosts: lid001, lid002");
    expect(await text("#confirm-text")).toContain(SLOW1);
    await page.locator("#confirm-yes").click();
    await line(SLOW1)
      .getByText(/^stopping \d s$/)
      .waitFor();
    await line(QUICK).getByText("restarted", { exact: true }).waitFor();
    await line(SLOW1).getByText("restarted", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Close" }).waitFor();
    expect(await text("#progress-words")).toMatch(/^Restarted 4 of 6\. 2 failed: no such file/);
    // What went wrong is first.
    const first = page.locator("#progress-list li").first();
    expect(await first.innerText()).toMatch(/gone\s+not restarted\s+no such file: .*\/nowhere\/gone/);
    expect(await page.locator("#progress").innerText()).not.toMatch(/\bOK\b/);
    await page.locator("#progress-close").click();
    expect(await page.locator("#progress").isVisible()).toBe(false);
  });

  test("goes on behind the page, and behind the next one, and tells when it is over", async () => {
    await open("/");
    await chooseFromMenu("group", "mygroup", "stop");
    await page.locator("#confirm-yes").click();
    await page.getByRole("button", { name: "Go on in the background" }).click();
    await page.goto(`${hub.url}/history`);
    const note = page.locator(".note").filter({ hasText: "Stopped" });
    await note.waitFor({ timeout: 10_000 });
    expect(await note.innerText()).toMatch(/Stopped 4 of 6\. 2 failed: .*not running/i);
    await note.getByRole("button", { name: "Show" }).click();
    expect(await text("#progress-title")).toBe("Stop 6 processes on 2 hosts");
    await page.keyboard.press("Escape");
    await page.reload();
    await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
    expect(await page.locator(".note").count()).toBe(0);
  });

  test("of all that match the filter leaves the agents alone; one by itself is asked for twice", async () => {
    await open("/processes?filter=host%3Alid001 -name:flaps");
    await page.locator("[data-pick-all]").check();
    expect(await text("#selection-count")).toBe("5 selected");
    await page.locator("[data-bulk=start]").click();
    expect(await text("#confirm-title")).toBe("Start 4 processes on lid001?");
    expect(await text("#confirm-text")).toStartWith("The agent among them is left alone.");
    await page.locator("#confirm-yes").click();
    await page.getByRole("button", { name: "Close" }).click();
    await shows(SLOW1, "RUNNING");
    await page.keyboard.press("Escape");
    expect(await rowOf(page, AGENT).locator(".tag").innerText()).toBe("agent");
    await rowOf(page, AGENT).locator("[data-act=stop]").click();
    expect(await text("#confirm-title")).toBe(`Stop the agent ${AGENT}?`);
    await page.keyboard.press("Escape");
    expect(await host.stateOf("multivisor:multivisor")).toBe("RUNNING");
  });

  test("an update keeps the menu that is open, what the filter offers, scroll and focus", async () => {
    await open("/");
    await page.setViewportSize({ width: 1_440, height: 300 });
    const other1 = rowOf(page, "lid001:other:other");
    await other1.locator("input").focus();
    const scrolled = await page.evaluate(() => scrollY);
    await page.locator('[data-many=group][data-name="other"]').click();
    await hub.post("/api/process/stop", { uid: QUICK });
    await shows(QUICK, "STOPPED");
    expect(await page.locator("#many-menu:popover-open").count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Logs");
    await page.keyboard.press("Escape");
    await page.locator("#filter").pressSequentially("state:");
    await page.locator("#filter-options").getByText("fatal").waitFor();
    await page.keyboard.press("ArrowDown");
    await hub.post("/api/process/start", { uid: QUICK });
    await shows(QUICK, "RUNNING");
    expect(await page.locator('#filter-options [aria-selected="true"]').innerText()).toContain("trouble");
    expect(await page.locator("#filter").inputValue()).toBe("state:");
    await page.locator("#filter").fill("");
    expect(await page.evaluate(() => scrollY)).toBe(scrolled);
    await page.setViewportSize({ width: 1_440, height: 900 });
  });
});

describe("an action on supervisord", () => {
  test("an update says first what it would do, then what it did", async () => {
    await open("/supervisors");
    const row = page.locator('[data-supervisor="lid002"]');
    other.rewrite(
      ACTING_PROGRAMS.replace("[program:other]\ncommand=/bin/sleep 1000", "[program:other]\ncommand=/bin/sleep 999") +
        `[program:fresh]\n${SLEEPS}`,
    );
    await row.getByText("Reread").click();
    await page.getByText("lid002: an update would apply changes.").waitFor();
    expect(await line("lid002").innerText()).toContain("changed, will restart: other\nnew, will start: fresh");
    await page.locator("#progress-close").click();
    await row.getByText("Update").click();
    await page.locator("#confirm[open]").waitFor();
    expect(await text("#confirm-text")).toBe("changed, will restart: other\nnew, will start: fresh");
    await page.locator("#confirm-yes").click();
    await page.getByText("lid002: up to date.").waitFor();
    expect(await line("lid002").innerText()).toContain("restarted: other\nadded: fresh");
    expect(await other.stateOf("fresh:fresh")).toBe("RUNNING");
    await page.locator("#progress-close").click();
    await row.getByText("Update").click();
    await page.getByText("lid002: nothing in its configuration has changed.").waitFor();
  });

  test("a restart names how many stop, shows each of them, and is done when it is live again", async () => {
    await open("/supervisor/lid002");
    const before = await other.pidOf("other:other");
    await page.locator("[data-sact=restart]").click();
    expect(await text("#confirm-text")).toMatch(/^\d running processes stop\. supervisord starts again/);
    await page.locator("#confirm-yes").click();
    await line("lid002")
      .getByText(/^restarting \d s$/)
      .waitFor();
    await line("lid002:other:other").getByText("stopped", { exact: true }).waitFor();
    await page.getByText("lid002: restarted, live again.").waitFor({ timeout: 20_000 });
    expect(await other.pidOf("other:other")).not.toBe(before);
    expect(await hub.data().then(({ supervisors }) => supervisors.lid002?.running)).toBe(true);
    await page.locator("#progress-close").click();
  }, 60_000);

  test("its processes can be stopped at once, the agent stays; a shutdown, asked for in the palette, is followed to its end", async () => {
    await open("/supervisors");
    await chooseFromMenu("supervisor", "lid002", "stop");
    expect(await text("#confirm-title")).toMatch(/^Stop \d processes on lid002\?$/);
    await page.locator("#confirm-yes").click();
    await page.getByRole("button", { name: "Close" }).click({ timeout: 15_000 });
    expect(await other.stateOf("multivisor:multivisor")).toBe("RUNNING");
    expect(await other.stateOf("other:other")).toBe("STOPPED");
    await page.keyboard.press("Control+k");
    await page.locator("#palette-input").fill("shutdown lid002");
    await page.locator("#palette-list").getByText("shutdown supervisord of lid002").click();
    await page.locator("#confirm[open]").waitFor();
    expect(await text("#confirm-text")).toMatch(
      /^\d running process(es)? stops?\. The hub cannot start supervisord again/,
    );
    await page.locator("#confirm-yes").click();
    await page.getByText("lid002: shut down.").waitFor({ timeout: 20_000 });
    await waitFor("supervisord to have ended", () => other.hasExited());
    await other.start();
    await hub.live("lid002");
  }, 60_000);
});

describe("keys", () => {
  const focused = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>("[data-uid]")?.dataset.uid);

  test("move, select, act with a question, open the log, lead to pages, and explain themselves", async () => {
    await open("/processes?filter=host%3Alid001+name%3Aother,quick");
    await page.keyboard.press("j");
    const first = await focused();
    await page.keyboard.press("j");
    expect(await focused()).toBe(QUICK);
    await page.keyboard.press("k");
    expect(await focused()).toBe(first);
    await page.keyboard.press("j");
    await page.keyboard.press("r");
    expect(await text("#confirm-title")).toBe(`Restart ${QUICK}?`);
    const before = await host.pidOf("mygroup:quick");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await waitFor("another pid", async () => {
      const pid = await host.pidOf("mygroup:quick");
      return pid > 0 && pid !== before;
    });
    await page.keyboard.press("x");
    await page.keyboard.press("s");
    expect(await text("#confirm-title")).toBe(`Stop ${QUICK}?`);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    expect(await page.locator("#help").innerText()).toContain("Restart, stop what is selected");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("filter");
    await page.keyboard.press("Tab");
    await rowOf(page, QUICK).locator(".name").focus();
    await page.keyboard.press("l");
    await page.waitForURL(/quick\/log$/);
    await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.waitForURL(`${hub.url}/history`);
  });

  test("the palette acts on a whole group", async () => {
    await open("/history");
    await page.keyboard.press("Control+k");
    await page.locator("#palette-input").fill("start mygroup");
    await page.locator("#palette-list").getByText("start all of group mygroup").waitFor();
    await page.keyboard.press("Enter");
    await page.locator("#confirm[open]").waitFor();
    expect(await text("#confirm-title")).toBe("Start 6 processes on 2 hosts?");
    await page.keyboard.press("Escape");
  });
});

describe("behind the bell", () => {
  test("a process that flaps is one line with a count, the title counts, nothing pops up, and a new tab knows of it", async () => {
    await open("/");
    await hub.post("/api/process/start", { uid: "lid001:flaps:flaps", wait: "0" });
    await page.locator("#bell[data-bad]").waitFor({ timeout: 10_000 });
    await waitFor("the title to count", async () => (await page.title()) === "(1) test place");
    await page.locator("#bell").click();
    const flaps = page.locator(".notice").filter({ hasText: "flaps on lid001" });
    await flaps.getByText(/Exited.*, \d+ times$/).waitFor({ timeout: 10_000 });
    expect(await flaps.count()).toBe(1);
    expect(await flaps.locator(".shape.bad").getAttribute("aria-label")).toBe("Failed");
    expect(await page.locator(".note, dialog[open]").count()).toBe(0);
    await hub.post("/api/process/stop", { uid: "lid001:flaps:flaps" });
    await shows("lid001:flaps:flaps", "STOPPED");
    await waitFor("the last of it to be told", async () => {
      const [last] = await hub.json<{ count: number }[]>("/live/notices");
      return (await flaps.innerText()).includes(`, ${last?.count} times`);
    });
    await page.keyboard.press("Escape");
    await waitFor("all to be seen", async () => (await page.title()) === "test place");
    const tab = await page.context().newPage();
    await openLive(tab, hub.url);
    await tab.locator("#bell").click();
    await tab.locator(".notice").filter({ hasText: "flaps on lid001" }).waitFor();
    expect(await tab.title()).toBe("test place");
    await tab.locator("#notices-clear").click();
    expect(await tab.locator(".notice").count()).toBe(0);
    await tab.close();
    await page.locator("#bell").click();
    await waitFor("the first tab to put them away too", async () => (await page.locator(".notice").count()) === 0);
  });
});

test("no page broke a rule of its policy or wrote an error", () => {
  expect(browser.problems).toEqual([]);
});
