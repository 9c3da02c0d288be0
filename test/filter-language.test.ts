import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { openBrowser, openLive, openVisitor, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf } from "./support/page-rows.ts";
import { runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const SLEEPS = "command=/bin/sleep 1000\nstartsecs=0\n";
const ENDS = "startsecs=0\nautorestart=false\n";

/** What supervisord takes as a name: markup, quotes, a colour of a terminal, marks that turn text, ten thousand letters. */
const HOSTILE = [
  `<img\tsrc=x\tonerror=window.hacked=1>`,
  `"'&quot;&lt;b`,
  "\u001b[31mred\u001b[0m",
  "abc\u202egpj.exe\u2066",
  "a[b*?",
  "L".repeat(10_000),
];

const PROGRAMS = `
[program:alpha]
${SLEEPS}
[program:beta]
${SLEEPS}autostart=false
[group:web]
programs=alpha,beta
[program:fatal]
command=/bin/false
startretries=0
[program:crashed]
command=/bin/sh -c "exit 3"
${ENDS}
[program:ended]
command=/bin/true
${ENDS}
[program:demo]
${SLEEPS}`;

let hosts: TestSupervisord[];
let hub: TestHub;
let browser: WatchedPage;
let page: Page;

beforeAll(async () => {
  const names = HOSTILE.map((name) => `[program:${name}]\n${SLEEPS}stdout_logfile=NONE\nstderr_logfile=NONE\n`).join(
    "\n",
  );
  hosts = await Promise.all([
    startSupervisord(place, { name: "lid001", programs: PROGRAMS, recorder: false }),
    startSupervisord(place, { name: "web-02", programs: `[program:demo]\n${SLEEPS}${names}`, recorder: false }),
  ]);
  hub = await startHub(place, { supervisors: hosts });
  await hub.live("lid001", "web-02");
  await waitFor("all states to be known", async () => (await found("state:fatal")).length === 1);
  browser = await openBrowser(place);
  page = browser.page;
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);
const found = async (filter: string) =>
  (await hub.json<string[]>(`/api/process/list?${new URLSearchParams({ filter })}`)).sort();
const hostile = async () =>
  Object.values((await hub.data()).supervisors["web-02"]?.processes ?? {}).filter(
    ({ name }) => !["demo", "multivisor"].includes(name),
  );

async function openMenuOf(group: string): Promise<void> {
  const buttons = page.locator("[data-many=group]");
  const names = await buttons.evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.name));
  await buttons.nth(names.indexOf(group)).click();
}

const FILTERS = [
  ...[
    "",
    "lid001",
    "alpha",
    "WEB:A",
    "web*",
    "lid00?:*:alpha",
    "state:fatal",
    "state:run",
    "state:fatal,backoff,exited",
  ],
  ...["state:trouble", "-state:running", "host:web*", "host:lid,web-02 name:demo", "-name:demo", 'group:"web"'],
  ...[
    "group:web,demo -host:web*",
    "state:trouble -name:crashed",
    "supervisor:lid* process:*a",
    "nothing-like-that",
    "[",
    '"',
  ],
];

describe("the filter language is one and the same", () => {
  test("on the page, in the API, in its stream of actions and on the command line", async () => {
    const everything = await found("");
    await open("/processes");
    for (const filter of FILTERS) {
      const expected = await found(filter);
      await page.locator("#filter").fill(filter);
      const shown = await page
        .locator(".row:not([data-c-hide])")
        .evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset.uid ?? ""));
      expect({ filter, found: shown.sort() }).toEqual({ filter, found: expected });
      const count = await page.locator("#match-count").innerText();
      expect({ filter, count }).toEqual({
        ...{
          filter,
          count: filter.trim() === "" || filter === '"' ? "" : `${expected.length} of ${everything.length}`,
        },
      });
      if (filter.trim() === "" || filter === '"') continue;
      const answer = await hub.post("/api/process/stop", { filter, dry_run: "1" }, { accept: "application/json" });
      const { results } = (await answer.json()) as { results: { uid: string }[] };
      expect({ filter, acted: results.map(({ uid }) => uid).sort() }).toEqual({ filter, acted: expected });
    }
  }, 60_000);

  test.each(["state:fatal,exited", "state:trouble", "host:web* -name:demo", "group:web,demo -host:web*"])(
    "%p on the command line",
    async (filter) => {
      const { stdout } = await runCli(place, hub, "status", "--json", "--", filter);
      const shown = (JSON.parse(stdout) as { uid: string }[]).map(({ uid }) => uid).sort();
      expect(shown).toEqual(await found(filter));
    },
  );

  test("a page that is opened with a filter shows the same before any script", async () => {
    const plain = await openVisitor(place, { javaScriptEnabled: false });
    for (const filter of ["state:fatal,exited", "host:web* -name:demo"]) {
      await plain.goto(`${hub.url}/processes?${new URLSearchParams({ filter })}`);
      expect(await plain.locator(".row").filter({ visible: true }).count()).toBe((await found(filter)).length);
    }
  });

  test("it is completed where the caret is, by keys alone", async () => {
    await open("/processes");
    const filter = page.locator("#filter");
    await page.keyboard.press("/");
    await page.locator("#filter-options").getByText("state:").waitFor();
    await filter.pressSequentially("sta");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await filter.inputValue()).toBe("state:");
    await filter.pressSequentially("fatal,ex");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    expect(await filter.inputValue()).toBe("state:fatal,exited ");
    expect(await page.locator(".row:not([data-c-hide])").count()).toBe((await found("state:fatal,exited")).length);
    expect(new URL(page.url()).searchParams.get("filter")).toBe("state:fatal,exited ");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    expect(await filter.inputValue()).toBe("");
  });
});

describe("a hostile name", () => {
  test("that XML cannot carry is shown, and the action on it is told to have failed", async () => {
    await open("/");
    const ansi = (await hostile()).find(({ name }) => name.includes("\u001b"));
    await rowOf(page, ansi?.uid ?? "")
      .locator("[data-act=stop]")
      .click();
    await page.locator(".note.bad").getByText("Not stopped").waitFor();
    expect((await hub.process(ansi?.uid ?? ""))?.statename).toBe("RUNNING");
  });

  test("is acted on like any other, and does nothing in questions, menus, progress and the palette", async () => {
    const all = (await hostile()).filter(({ name }) => !name.includes("\u001b"));
    expect(all.length).toBe(HOSTILE.length - 1);
    await open("/");
    for (const { uid, group } of all) {
      await rowOf(page, uid).locator("[data-act=stop]").click();
      await waitFor(`${uid.slice(0, 40)} to be stopped`, async () => (await hub.process(uid))?.statename === "STOPPED");
      await openMenuOf(group);
      await page.locator("#many-menu:popover-open").waitFor();
      await page.locator("[data-many-act=start]").click();
      await page.locator("#confirm[open]").waitFor();
      const { width, height } = (await page.locator("#confirm").boundingBox()) ?? { width: 0, height: 0 };
      expect(width).toBeLessThan(600);
      expect(height).toBeLessThan(500);
      expect(await page.locator("#confirm").innerText()).not.toContain("\u202e");
      await page.locator("#confirm-yes").click();
      await waitFor(`${uid.slice(0, 40)} to run`, async () => (await hub.process(uid))?.statename === "RUNNING");
    }
    await page.locator("[data-pick-group]").first().waitFor();
    await open("/processes?filter=host%3Aweb-02+-name%3Ademo,red");
    await page.locator("[data-pick-all]").check();
    await page.locator("[data-bulk=restart]").click();
    await page.locator("#confirm-yes").click();
    await page.getByRole("button", { name: "Close" }).waitFor({ timeout: 20_000 });
    expect(await page.locator("#progress-words").innerText()).toBe(`Restarted ${all.length}.`);
    expect(await page.locator("#progress-list").innerText()).not.toContain("\u202e");
    await page.locator("#progress-close").click();
    await page.keyboard.press("Control+k");
    await page.locator("#palette-input").fill("stop web-02");
    await page.locator("#palette-list").getByText("stop all of web-02").waitFor();
    expect(await page.locator("#palette-list").innerText()).not.toContain("\u202e");
    await page.keyboard.press("Escape");
    expect(await page.evaluate(() => (window as unknown as { hacked?: number }).hacked)).toBeUndefined();
    expect(await page.locator('img[src="x"]').count()).toBe(0);
  }, 60_000);
});

describe("a name of ten thousand letters", () => {
  const long = async () => (await hostile()).find(({ name }) => name.length === 10_000)?.uid ?? "";

  test("has a page of its own, live, and answers everywhere", async () => {
    await open("/processes");
    await rowOf(page, await long())
      .locator("a.name")
      .click();
    await page.waitForURL(/\/process\/web-02/);
    await page.locator("html[data-stream=live]").waitFor({ state: "attached", timeout: 10_000 });
    expect(await page.locator("#process-head").getAttribute("data-state")).toBe("RUNNING");
    await hub.post("/api/process/stop", { uid: await long() });
    await page.locator("#process-head[data-state=STOPPED]").waitFor({ timeout: 10_000 });
    await hub.post("/api/process/start", { uid: await long() });
    await page.locator("#process-head[data-state=RUNNING]").waitFor({ timeout: 10_000 });
    for (const path of ["process", "api/process/info", "api/process/stats", "api/process/log/out/tail"]) {
      const stop = new AbortController();
      const answer = await hub.get(`/${path}/${encodeURIComponent(await long())}`, { signal: stop.signal });
      stop.abort();
      expect([path, answer.status === 431]).toEqual([path, false]);
    }
  }, 60_000);

  test("is beyond what a request may hold from 32 KiB on, and that harms nobody", async () => {
    expect((await hub.get(`/process/${"L".repeat(40_000)}`)).status).toBe(431);
    expect((await hub.get("/healthz")).status).toBe(200);
  });
});

test("no page broke a rule of its policy or wrote an error", () => {
  // The browser notes the answer to what could not be sent to supervisord, and to the log of what writes none.
  expect(browser.problems.filter((problem) => !/status of (404|502)/.test(problem))).toEqual([]);
});
