import { afterAll, beforeAll, expect, test } from "bun:test";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { rowOf } from "./support/page-rows.ts";
import { runCli } from "./support/run.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const SLEEPS = "command=/bin/sleep 1000\nstartsecs=0\n";
/** supervisord forbids space, colon and slash alone; `programs=` of a group splits at commas. */
const PROGRAMS = `
[program:big,small]
${SLEEPS}
[group:left,right]
programs=one,two
[program:one]
${SLEEPS}
[program:two]
${SLEEPS}`;

const BIG = "lid001:big,small:big,small";
const ONE = "lid001:left,right:one";
const TWO = "lid001:left,right:two";

let hub: TestHub;
let browser: WatchedPage;
beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS, recorder: false });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await shows(BIG, "RUNNING");
  browser = await openBrowser(place);
}, 60_000);

const shows = (uid: string, state: string) =>
  waitFor(`${uid} to be ${state}`, async () => (await hub.process(uid))?.statename === state);
const pidOf = async (uid: string) => (await hub.process(uid))?.pid ?? 0;

test("the command line acts on a process and on a group whose names hold a comma", async () => {
  const stop = await runCli(place, hub, "stop", "--yes", BIG, TWO);
  expect(stop).toMatchObject({ exitCode: 0, stdout: `${BIG}: stopped\n${TWO}: stopped\n` });
  const remove = await runCli(place, hub, "remove", "--yes", "lid001:big,small");
  expect(remove).toMatchObject({ exitCode: 0, stdout: "lid001: big,small: removed process group\n" });
  const add = await runCli(place, hub, "add", "lid001:big,small");
  expect(add).toMatchObject({ exitCode: 0, stdout: "lid001: big,small: added process group\n" });
  await shows(BIG, "RUNNING");
}, 60_000);

test("the page acts on a row and on a whole group", async () => {
  const { page } = browser;
  await page.goto(`${hub.url}/`);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  await rowOf(page, BIG).locator("[data-act=stop]").click();
  await shows(BIG, "STOPPED");
  const before = await pidOf(ONE);
  await page.locator('[data-many=group][data-name="left,right"]').click();
  await page.locator("[data-many-act=restart]").click();
  await page.locator("#confirm-yes").click();
  await waitFor("both to run anew", async () => (await pidOf(TWO)) > 0 && ![0, before].includes(await pidOf(ONE)));
  await shows(TWO, "RUNNING");
}, 60_000);
