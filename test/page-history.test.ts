import { afterAll, beforeAll, expect, test } from "bun:test";
import { openBrowser, openLive, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const FAILS = "lid001:fails:fails";

let hub: TestHub;
let browser: WatchedPage;
let page: WatchedPage["page"];

beforeAll(async () => {
  const programs = '[program:fails]\ncommand=/bin/sh -c "echo last words >&2; exit 3"\nstartretries=0\n';
  const host = await startSupervisord(place, { name: "lid001", programs });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("fails to be FATAL", async () => (await hub.process(FAILS))?.statename === "FATAL");
  browser = await openBrowser(place);
  page = browser.page;
}, 60_000);

const open = (path: string) => openLive(page, hub.url + path);

test("the history is filtered by its address, and new lines come on top", async () => {
  await open("/history?state=FATAL");
  const lines = page.locator("#history .happened");
  const before = await lines.count();
  expect(await page.locator("#history .to").allInnerTexts()).toEqual(Array(before).fill("Fatal"));
  await hub.post("/api/process/start", { uid: FAILS });
  await waitFor("a new line", async () => (await lines.count()) > before);
  expect(await lines.first().innerText()).toContain("fails");
  await page.locator("select[name=range]").selectOption("1h");
  await page.waitForURL(/range=1h/);
  expect(await lines.count()).toBeGreaterThan(before);
});

/** of one bar, epoch ms */
type Span = readonly [number, number];

const shownSpans = (): Promise<Span[]> =>
  page.locator("#brush-field a").evaluateAll((all) => {
    const ms = (bar: Element, name: string) => Number(bar.getAttribute(name));
    return all.map((bar): [number, number] => [ms(bar, "data-from"), ms(bar, "data-to")]);
  });

/**
 * The picture moves on with the time: as much is chosen as there was, and not long after it.
 * @param seen the first and the last of the bars when they were looked at
 */
function expectChosen([fromSeenMs, barEndMs]: Span, [, toSeenMs]: Span): void {
  const asked = new URL(page.url()).searchParams;
  const [fromMs, toMs] = [Date.parse(asked.get("from") ?? ""), Date.parse(asked.get("to") ?? "")];
  expect([asked.get("range"), toMs + 1 - fromMs]).toEqual(["custom", toSeenMs - fromSeenMs]);
  expect(fromMs).toBeWithin(fromSeenMs, barEndMs);
}

test("the history is narrowed with a mouse over its picture, and with keys, to what lies between two bars", async () => {
  await open("/history?range=1h&state=FATAL");
  const spans = await shownSpans();
  const field = await page.locator("#brush-field").boundingBox();
  const middleOf = (bar: number) => (field?.x ?? 0) + ((bar + 0.5) / spans.length) * (field?.width ?? 0);
  const y = (field?.y ?? 0) + 10;
  const last = spans.length - 1;
  await page.mouse.move(middleOf(last - 5), y);
  await page.mouse.down();
  await page.mouse.move(middleOf(last), y, { steps: 3 });
  expect(await page.locator("#brush-field [data-c-brushed]").count()).toBe(6);
  await page.mouse.up();
  await page.waitForURL(/range=custom/);
  expectChosen(spans[last - 5] ?? [0, 0], spans[last] ?? [0, 0]);
  expect(await page.locator("#history .happened").count()).toBeGreaterThan(0);
  await open("/history?range=1h&state=FATAL");
  const [before, newest] = (await shownSpans()).slice(-2);
  await page.locator("#brush-keys").focus();
  for (const key of ["ArrowLeft", "ArrowLeft", "Shift+ArrowRight", "Enter"]) await page.keyboard.press(key);
  await page.waitForURL(/range=custom/);
  expectChosen(before ?? [0, 0], newest ?? [0, 0]);
});

test("the history is taken home as a file of what the page shows", async () => {
  await open("/history?state=FATAL");
  const shown = await page.locator("#history .happened").count();
  const taken = async (format: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: format, exact: true }).click(),
    ]);
    return Bun.file(await download.path()).text();
  };
  expect((await taken("CSV")).trim().split("\n")).toHaveLength(1 + shown);
  const { items } = JSON.parse(await taken("JSON")) as { items: { to_state: string }[] };
  expect(items.map(({ to_state }) => to_state)).toEqual(Array(shown).fill("FATAL"));
});

test("the history says what is wrong with a question", async () => {
  await page.goto(`${hub.url}/history?state=NONSENSE`);
  expect(await page.locator("[role=alert].problem").innerText()).toContain("NONSENSE");
});

test("no page wrote an error", () => {
  expect(browser.problems.filter((problem) => !problem.includes("400 (Bad Request)"))).toEqual([]);
});
