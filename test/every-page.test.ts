import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { appendFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { axeProblems } from "./support/axe.ts";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { installabilityErrors } from "./support/installability.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

/** Markup, quotes, marks that turn the direction; supervisord forbids space, colon and slash in names. */
const EVIL = `<img\tsrc=x\tonerror=window.hacked=1>"'&lt;\u202egnp.exe\u2066`;
const LONG = "n".repeat(10_000);
const LINE = `<script>window.hacked=1</script> "' \u202e \u001b[31m<b>red</b>\u001b[0m \u001b]0;title\u0007 <img src=x onerror=window.hacked=1>`;

const PROGRAMS = `
[program:${EVIL}]
command="/nowhere/<script>window.hacked=1</script>"
directory=/tmp/<b>"
startretries=0
[program:${LONG}]
command=/bin/sleep 1000
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
[group:long]
programs=${LONG}
[program:fails]
command=/bin/sh -c "echo '<script>window.hacked=1</script> last words' >&2; exit 3"
startretries=0
[program:talks]
command=/bin/sleep 1000
startsecs=0
[program:off]
command=/bin/sleep 1000
autostart=false
`;

let hub: TestHub;
let bare: TestHub;
let browser: WatchedPage;
let page: Page;
let paths: string[];

beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, {
    supervisors: [host, { name: "lid009", agentPort: 9 }],
    global: "username=root\npassword=s3cret",
  });
  bare = await startHub(place, { supervisors: [] });
  browser = await openBrowser(place);
  page = browser.page;
  await page.goto(`${hub.url}/login`);
  const login = { form: { username: "root", password: "s3cret" } };
  await waitFor("the login", async () => (await page.request.post(`${hub.url}/api/login`, login)).ok());
  type Known = { uid: string; name: string; statename: string; stdout_logfile: string };
  const known = async () => {
    const { supervisors } = await (await page.request.get(`${hub.url}/api/data`)).json();
    return Object.values(supervisors.lid001?.processes ?? {}) as Known[];
  };
  await waitFor("fails to be FATAL", async () =>
    (await known()).some((p) => p.statename === "FATAL" && p.name === "fails"),
  );
  /** Address of the page that tells what became of all of them. */
  const outcomeOf = async (uids: readonly string[]) => {
    const form = new URLSearchParams([["action", "start"], ...uids.map((uid) => ["uid", uid])]);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const url = (await page.request.post(`${hub.url}/act/processes`, { headers, data: form.toString() })).url();
    expect(url).toContain("/act/outcome/");
    return url;
  };
  const of = async (name: string) => (await known()).find((p) => p.name === name);
  const talks = await of("talks");
  appendFileSync(talks?.stdout_logfile ?? "", `${LINE}\n`);
  const evil = encodeURIComponent((await of(EVIL))?.uid ?? "");
  const long = encodeURIComponent((await of(LONG))?.uid ?? "");
  paths = [
    ...["/", "/processes", "/supervisors", "/history", "/audit", "/supervisor/lid001", "/supervisor/lid009"],
    ...["/process/lid001:fails:fails", `/process/${evil}`, `/process/${long}`, "/process/lid001:talks:talks?span=90d"],
    ...["/process/lid001:talks:talks/log", `/process/${evil}/log`, "/supervisor/lid001/log"],
    `/log?uid=lid001:talks:talks&uid=${evil}&uid=${long}`,
    `/?filter=${encodeURIComponent(LINE)}`,
    `/processes?filter=${encodeURIComponent('state:trouble -name:"<b>"')}&sort=-cpu`,
    `/history?uid=${evil}&text=${encodeURIComponent(LINE)}&range=custom&from=2026-01-01T00:00:00Z`,
    "/history?state=NONSENSE",
    "/supervisor/lid001?ask=shutdown",
    ...["/act?supervisor=lid001", "/act?group=nobody", `/supervisors?filter=${encodeURIComponent('"<b>"')}`],
    new URL(await outcomeOf((await known()).flatMap(({ uid }) => (uid.endsWith(":multivisor") ? [] : [uid])))).pathname,
    "/process/no:such:one",
    "/nothing/here",
    "/api/docs",
  ];
}, 60_000);

const open = async (url: string) => {
  await page.goto(url);
  if ((await page.locator("#stream").count()) > 0)
    await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 10_000 });
};
const everyPage = () => [...paths.map((path) => hub.url + path), `${bare.url}/`, `${bare.url}/supervisors`];
/** Of an address, for messages. */
const short = (url: string) => url.slice(0, 120);
const hacked = () => page.evaluate(() => (window as unknown as { hacked?: number }).hacked);

describe("every page", () => {
  test("has no fault that axe-core finds in either theme, and does nothing that a name, a log or a file says", async () => {
    for (const url of everyPage()) {
      await page.emulateMedia({ colorScheme: "light" });
      await open(url);
      const light = await axeProblems(page);
      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await axeProblems(page, ["color-contrast"]);
      expect({ url: short(url), light, dark }).toEqual({ url: short(url), light: [], dark: [] });
      expect(await hacked()).toBeUndefined();
      expect(await page.locator('img[src="x"], main script, main b:text-is("red")').count()).toBe(0);
    }
    await page.emulateMedia({ colorScheme: null });
  }, 180_000);

  test("is no wider than its window, from a phone to a wall", async () => {
    for (const [width, height] of [
      [390, 844],
      [820, 1_180],
      [1_440, 900],
      [3_840, 2_160],
    ] as const) {
      await page.setViewportSize({ width, height });
      for (const url of everyPage()) {
        await page.goto(url);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect({ url: short(url), width, wider: Math.max(0, wider) }).toEqual({ url: short(url), width, wider: 0 });
      }
    }
    await page.setViewportSize({ width: 1_440, height: 900 });
  }, 120_000);

  test("is served with a strict policy, and never to be kept or framed", async () => {
    for (const path of paths) {
      const answer = await page.request.get(hub.url + path, { headers: { accept: "text/html" } });
      const headers = answer.headers();
      const policy = headers["content-security-policy"] ?? "";
      const isStrict = policy.includes("default-src 'self'") && !policy.includes("unsafe-");
      expect({ path: short(path), isStrict }).toEqual({ path: short(path), isStrict: true });
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["x-frame-options"]).toBe("DENY");
      expect(headers["cache-control"]).toBe("no-store");
    }
  });

  test("asked no other host for anything, broke no rule of its policy, wrote no error", () => {
    const own = [hub.url, bare.url].map((url) => `${url}/`);
    expect(
      browser.requests.filter((url) => !own.some((mine) => url.startsWith(mine)) && !url.startsWith("data:")),
    ).toEqual([]);
    // The browser itself notes answers of 4xx and 5xx: what is not there, what was asked wrongly, a host that is down.
    expect(browser.problems.filter((problem) => !/status of (400|404|502)/.test(problem))).toEqual([]);
  });
});

test("the pages can be installed: a manifest with icons that are there, in every size that is asked for", async () => {
  const manifest = await (await page.request.get(`${hub.url}/manifest.webmanifest`)).json();
  expect(manifest.display).toBe("standalone");
  expect(manifest.icons.map((icon: { sizes: string }) => icon.sizes)).toEqual(["any", "192x192", "512x512", "512x512"]);
  for (const { src, type } of manifest.icons) {
    const icon = await page.request.get(hub.url + src);
    expect([icon.status(), icon.headers()["content-type"]?.split(";")[0]]).toEqual([200, type]);
  }
});

test("the browser itself finds nothing to mend in the manifest, and nothing that is in the way of installing", async () => {
  await page.goto(`${hub.url}/`);
  const devtools = await page.context().newCDPSession(page);
  const { url, errors, data } = await devtools.send("Page.getAppManifest");
  expect([url, errors]).toEqual([`${hub.url}/manifest.webmanifest`, []]);
  expect(JSON.parse(data ?? "").start_url).toBe("/");
  expect(await installabilityErrors(page)).toEqual([]);
});
