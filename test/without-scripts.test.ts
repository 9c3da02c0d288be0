import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Page } from "playwright-core";
import { ACTING_USERS, loginOf, startActingFleet } from "./support/acting-fleet.ts";
import { openVisitor } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import type { TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

let other: TestSupervisord;
let hub: TestHub;
/** with users */
let guarded: TestHub;
let page: Page;

beforeAll(async () => {
  const fleet = await startActingFleet(place);
  other = fleet.other;
  const supervisors = [fleet.host, other];
  [hub, guarded] = await Promise.all([
    startHub(place, { supervisors }),
    startHub(place, { supervisors, global: ACTING_USERS }),
  ]);
  await hub.live("lid001", "lid002");
  await hub.post("/api/process/stop", { uid: "*:other:other" });
  page = await openVisitor(place, { javaScriptEnabled: false });
}, 60_000);

const states = async (...uids: string[]) =>
  (await Promise.all(uids.map((uid) => hub.process(uid)))).map((process) => process?.statename);
const title = () => page.locator("h1").innerText();
const words = () => page.locator("main").innerText();
const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
const lineOf = (uid: string) => page.locator(".act-lines li").filter({ has: page.getByText(uid, { exact: true }) });
const outcomeOf = async (uid: string) => (await lineOf(uid).innerText()).split("\n").slice(1).join(", ");
/** The page looks again by itself. */
const isOver = () => page.getByRole("link", { name: "Look again" }).waitFor({ state: "detached", timeout: 20_000 });

test("a whole group: count and hosts are named, what is unticked is left alone, each outcome is told as it comes", async () => {
  await page.goto(hub.url);
  await page.getByRole("link", { name: "Act on all: Group mygroup" }).click();
  expect(await title()).toBe("Act on 6 processes on 2 hosts");
  expect(await words()).toContain("Group mygroup\n\nHosts: lid001, lid002");
  await lineOf("lid002:mygroup:slow").getByRole("checkbox").uncheck();
  await press("Restart");
  expect(await title()).toBe("Restart 5 processes on 2 hosts");
  await lineOf("lid001:mygroup:slow").getByText("stopping", { exact: true }).waitFor();
  await isOver();
  expect(await page.getByRole("status").innerText()).toStartWith("Restarted 3 of 5. 2 failed: ");
  expect(await outcomeOf("lid001:mygroup:gone")).toStartWith("not restarted, ");
  expect(await outcomeOf("lid001:mygroup:slow")).toBe("restarted");
  expect(await page.locator(".act-lines").innerText()).not.toContain("lid002:mygroup:slow");
}, 60_000);

test("all of a supervisor, but for its agent", async () => {
  await page.goto(`${hub.url}/supervisor/lid002`);
  await page.getByRole("link", { name: "Act on all" }).click();
  expect(await title()).toBe("Act on 4 processes on lid002");
  expect(await words()).toContain("Processes of lid002");
  expect(await words()).toContain("The agent among them is left alone.");
  await press("Stop");
  await isOver();
  expect(await outcomeOf("lid002:mygroup:quick")).toBe("stopped");
  expect(await outcomeOf("lid002:other:other")).toStartWith("not stopped, ");
  expect(await states("lid002:mygroup:quick", "lid002:mygroup:slow")).toEqual(["STOPPED", "STOPPED"]);
  expect(await states("lid002:multivisor:multivisor")).toEqual(["RUNNING"]);
}, 60_000);

test("those that a filter finds; of a host that is down it says what was not done", async () => {
  await page.goto(`${hub.url}/processes?filter=name:other`);
  expect(await page.locator("#rows :is(form, noscript)").count()).toBe(0);
  await page.getByRole("link", { name: "Act on the 2 that match" }).click();
  expect(await words()).toContain("What matches name:other");
  await other.stop();
  await waitFor("lid002 to be down", async () => (await hub.data()).supervisors.lid002?.running === false);
  await press("Start");
  await isOver();
  expect(await page.getByRole("status").innerText()).toStartWith("Started 1 of 2. 1 failed: ");
  expect(await outcomeOf("lid001:other:other")).toBe("started");
  expect(await outcomeOf("lid002:other:other")).toStartWith("not started, ");
  await other.start();
  await hub.live("lid002");
}, 60_000);

test("nothing is done where nothing is ticked, named or left", async () => {
  await page.goto(`${hub.url}/act?filter=name:other+host:lid001`);
  await page.getByRole("checkbox").uncheck();
  await press("Stop");
  expect(await title()).toBe("Not done");
  for (const path of ["/act", "/act?filter=-", "/act?group=nobody", "/act?group=my*"]) {
    await page.goto(hub.url + path);
    expect(await title()).toBe("Nothing to act on");
  }
  await page.goto(`${hub.url}/act/outcome/none`);
  expect(await title()).toBe("Not known any more");
  expect(await states("lid001:other:other")).toEqual(["RUNNING"]);
  await page.goto(`${hub.url}/processes`);
  expect(await page.getByRole("link", { name: /^Act on/ }).count()).toBe(0);
});

test("who may not act is offered nothing, who sees a part acts on that part", async () => {
  const [vera, otto] = await Promise.all(
    ["vera", "otto"].map((name) => openVisitor(place, { javaScriptEnabled: false, extraHTTPHeaders: loginOf(name) })),
  );
  await vera?.goto(guarded.url);
  expect(await vera?.locator(".card").count()).toBeGreaterThan(0);
  expect(await vera?.getByRole("link", { name: /^Act on/ }).count()).toBe(0);
  expect((await vera?.goto(`${guarded.url}/act?group=mygroup`))?.status()).toBe(403);
  const form = { action: "stop", uid: "lid001:other:other" };
  expect((await guarded.post("/act/processes", form, loginOf("vera"))).status).toBe(403);
  await otto?.goto(`${guarded.url}/act?supervisor=lid001`);
  expect(await otto?.locator("h1").innerText()).toBe("Act on 3 processes on lid001");
  const { headers } = await guarded.post("/act/processes", form, loginOf("otto"));
  await otto?.goto(new URL(headers.get("location") ?? "", guarded.url).href);
  expect(await otto?.locator("main").innerText()).toContain("no such process: lid001:other:other");
  expect(await states("lid001:other:other")).toEqual(["RUNNING"]);
});

test("another site cannot have it done", async () => {
  const form = { action: "stop", uid: "lid001:other:other" };
  const { status } = await hub.post("/act/processes", form, { origin: "http://elsewhere.example" });
  expect([status, ...(await states("lid001:other:other"))]).toEqual([403, "RUNNING"]);
});

test("with scripts the links are not there, nor after an update", async () => {
  const scripted = await openVisitor(place, {});
  await scripted.goto(hub.url);
  await scripted.locator("html[data-stream=live]").waitFor({ state: "attached" });
  const summary = scripted.locator(".card", { hasText: "other" }).locator(".summary").first();
  const before = await summary.innerText();
  await hub.post("/api/process/stop", { uid: "lid001:other:other" });
  await waitFor("the head to tell", async () => (await summary.innerText()) !== before);
  expect(await scripted.getByText("Act on all").filter({ visible: true }).count()).toBe(0);
});
