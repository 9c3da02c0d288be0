import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openBrowser, openLive, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const LISTS = ["/", "/supervisors", "/processes"];

let host: TestSupervisord;
/** without a supervisor */
let bare: TestHub;
/** whose only supervisord does not run */
let cut: TestHub;
let browser: WatchedPage;

beforeAll(async () => {
  host = await startSupervisord(place, {
    ...{ name: "lid001", recorder: false },
    programs: "[program:alpha]\ncommand=/bin/sleep 1000\nstartsecs=0\n",
  });
  await host.stop();
  [bare, cut] = await Promise.all([startHub(place, { supervisors: [] }), startHub(place, { supervisors: [host] })]);
  browser = await openBrowser(place);
  await waitFor("the host to be found down", async () => (await linkStatus()) === "down");
}, 60_000);

type Linked = { supervisors: Record<string, { link: { status: string } }> };
const linkStatus = async () => (await cut.json<Linked>("/api/data")).supervisors.lid001?.link.status;

const open = (url: string) => openLive(browser.page, url);
/** The hub gives its next sign of life to this very document. */
const beat = () =>
  browser.page.evaluate(
    () =>
      new Promise<void>((done) =>
        document.getElementById("stream")?.addEventListener("beat", () => done(), { once: true }),
      ),
  );
const visible = (selector: string) => browser.page.locator(selector).filter({ visible: true });

describe("where there is nothing to show, the page says what to do", () => {
  test.each(LISTS)("no supervisor is configured, on %s", async (path) => {
    await open(bare.url + path);
    expect(await visible("#empty h2").innerText()).toBe("No supervisor is configured");
    expect(await visible("#empty pre").innerText()).toStartWith("[supervisor:");
    expect(await visible("#no-match").count()).toBe(0);
  });

  test.each(["/", "/processes"])("none can be reached, on %s", async (path) => {
    await open(cut.url + path);
    expect(await visible("#empty h2").innerText()).toBe("No supervisor can be reached");
    expect(await visible("#attention .line").innerText()).toContain("lid001");
    expect(await visible("#no-match").count()).toBe(0);
  });

  test("none can be reached, on /supervisors: each with the reason", async () => {
    await open(`${cut.url}/supervisors`);
    expect(await visible(".host-row").count()).toBe(1);
    expect(await visible(".host-row .cause").innerText()).toContain("connection refused");
  });

  test("empty pages stay as they are, and fill by themselves when the first supervisord answers", async () => {
    const { page } = browser;
    const second = await page.context().newPage();
    await second.goto(`${cut.url}/`);
    browser.requests.length = 0;
    await page.bringToFront();
    await open(`${cut.url}/processes`);
    await beat();
    expect(browser.requests.filter((url) => url === `${cut.url}/processes`)).toHaveLength(1);
    await host.start();
    await page.locator(".row[data-state=RUNNING] .name", { hasText: "alpha" }).waitFor({ timeout: 20_000 });
    await second.bringToFront();
    await second.locator(".row[data-state=RUNNING] .name", { hasText: "alpha" }).waitFor({ timeout: 20_000 });
    await second.close();
  }, 60_000);

  test.each(LISTS)("a filter that matches nothing says so, and leads back, on %s", async (path) => {
    await open(`${cut.url}${path}?filter=nobody`);
    expect(await visible("#no-match").innerText()).toMatch(/^No (process|supervisor) matches\s+Nothing matches nobody/);
    expect(await browser.page.locator("#match-count").innerText()).toMatch(/^0 of \d$/);
    await visible("#no-match a").click();
    expect(await visible(":is(.row, .host-row) .name").count()).toBeGreaterThan(0);
    expect(new URL(browser.page.url()).search).toBe("");
  });
});

test("no page broke a rule of its policy or wrote an error", () => {
  expect(browser.problems).toEqual([]);
});
