import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { axeProblems } from "./support/axe.ts";
import { openBrowser } from "./support/browser.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "[program:a]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const GLOBAL =
  "username=root\npassword=x\n[user:ann]\npassword=y\n[user:opi]\npassword=z\nrole=operator\nfilter=name:a\n";
const root = { authorization: `Basic ${btoa("root:x")}` };
const viewer = { authorization: `Basic ${btoa("ann:y")}` };
type Item = {
  id: number;
  user: string | null;
  address: string;
  what: string;
  target: string;
  outcome: string;
  detail: string;
};

let hub: TestHub;
beforeAll(async () => {
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, {
    ...{ supervisors: [host], global: GLOBAL },
  });
  await waitFor("a", async () =>
    (await (await hub.get("/api/process/list", { headers: root })).text()).includes(":a:a"),
  );
}, 60_000);

const audit = async (query = "") => {
  const answer = await hub.get(`/api/audit${query}`, { headers: root });
  return (await answer.json()) as { items: Item[]; next: number | null };
};
const lines = (items: readonly Item[]) =>
  items.map(({ user, what, target, outcome, detail }) => [user, what, target, outcome, detail].join("|"));

describe("the audit", () => {
  test("has logins, failed ones, actions with their outcome, reloads and refusals, with who and from where", async () => {
    await hub.post("/api/login", { username: "ann", password: "no" });
    const cookie = (await hub.post("/api/login", { username: "ann", password: "y" })).headers.get("set-cookie") ?? "";
    await hub.post("/api/logout", {}, { cookie: cookie.split(";")[0] ?? "" });
    await hub.post("/api/process/stop", { uid: "*:a" }, viewer);
    await hub.post("/api/process/restart", { uid: "*:a" }, root);
    await hub.post("/api/admin/reload", {}, root);
    const { items } = await audit();
    expect(
      lines(items)
        .reverse()
        .filter((line) => !line.includes("/api/data")),
    ).toEqual([
      "ann|login_failed||failed|Invalid username or password",
      "ann|login||ok|",
      "ann|logout||ok|",
      "ann|refused|POST /api/process/stop|refused|403",
      "root|action|*:a|asked|restart",
      "root|outcome|*:a|ok|restart: 1 of 1 done",
      "root|reload||ok|",
    ]);
    expect(new Set(items.map(({ address }) => address))).toEqual(new Set(["127.0.0.1"]));
  });

  test("is there after a crash, by page, user and kind, and as a file", async () => {
    await hub.kill9();
    await hub.start();
    const first = await audit("?limit=2");
    expect(first.next).toBe(first.items[1]?.id as number);
    expect((await audit(`?limit=2&before=${first.next}`)).items[0]?.id).toBeLessThan(first.next ?? 0);
    expect(lines((await audit("?user=ann&what=login")).items)).toEqual(["ann|login||ok|"]);
    const exported = await (await hub.get("/api/audit/export", { headers: root })).text();
    const all = exported
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Item);
    expect(all.length).toBe((await audit("?limit=1000")).items.length);
  });

  test("has one line for a stranger who knocks a thousand times", async () => {
    for (let i = 0; i < 50; i++) await hub.get(`/api/data?${i}`);
    const { items } = await audit("?what=refused&limit=1000");
    expect(items.filter(({ user }) => user === null).length).toBeLessThan(3);
  });

  test("is for admins", async () => {
    expect((await hub.get("/api/audit", { headers: viewer })).status).toBe(403);
    expect((await hub.get("/api/audit?limit=0", { headers: root })).status).toBe(400);
  });
});

describe("the page of the audit", () => {
  test("is for admins: who did what, what is new comes by itself, and filters ask for a part", async () => {
    const { page, problems } = await openBrowser(place);
    await page.context().setExtraHTTPHeaders(root);
    await page.goto(`${hub.url}/`);
    await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.waitForURL("**/audit");
    await page.locator(".happened", { hasText: "Login failed" }).first().waitFor();
    expect(await page.locator(".happened").count()).toBe((await audit("?limit=200")).items.length);
    await hub.post("/api/login", { username: "<b>ann</b>", password: "no" });
    await page.locator(".happened .name", { hasText: "<b>ann</b>" }).waitFor();
    await page.selectOption("select[name=what]", "reload");
    await page.waitForURL("**/audit?what=reload");
    expect(await page.locator(".happened .what").allInnerTexts()).toEqual(["Configuration reloaded"]);
    const csv = await (await hub.get("/api/audit/export?format=csv", { headers: root })).text();
    expect(csv.split("\r\n")[0]).toBe("id,at,user,address,what,target,outcome,detail");
    expect(await axeProblems(page)).toEqual([]);
    expect(problems).toEqual([]);
  }, 60_000);

  test("is not there for others", async () => {
    expect((await hub.get("/audit", { headers: viewer })).status).toBe(403);
    expect(await (await hub.get("/", { headers: viewer })).text()).not.toContain("/audit");
  });
});

describe("what is refused is written down", () => {
  const opi = { authorization: `Basic ${btoa("opi:z")}` };
  const newest = async () => lines((await audit("?limit=1")).items)[0];

  test("of other sites, with whose browser they came", async () => {
    const session = (await hub.post("/api/login", { username: "root", password: "x" })).headers.get("set-cookie") ?? "";
    const headers = { cookie: session.split(";")[0] ?? "", origin: "https://evil.example" };
    expect((await hub.post("/api/process/stop", { uid: "*" }, headers)).status).toBe(403);
    expect(await newest()).toBe("root|refused|POST /api/process/stop|refused|403");
  });

  test("of who may see a part alone", async () => {
    const list = async () => (await hub.get("/api/process/list", { headers: opi })).text();
    await waitFor("the part", async () => (await list()).includes("lid001:a:a"));
    expect((await hub.get("/api/supervisor/log/lid001", { headers: opi })).status).toBe(403);
    expect(await newest()).toBe("opi|refused|GET /api/supervisor/log/lid001|refused|403");
    expect((await hub.post("/api/supervisor/shutdown", { supervisor: "lid001" }, opi)).status).toBe(403);
    expect(await newest()).toStartWith("opi|outcome|lid001|failed|shutdown: 0 of 1 done; lid001: lid001 is not wholly");
  });

  test("of too many tries, whatever they call themselves", async () => {
    const name = "eve".repeat(10_000);
    const tries = Array.from({ length: 12 }, () => hub.post("/api/login", { username: name, password: "no" }));
    const answers = await Promise.all(tries);
    const [refused] = answers.filter(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    const { items } = await audit("?what=refused&limit=1");
    expect(items[0]?.detail).toStartWith("Too many tries");
    expect(items[0]?.user).toBe(`${name.slice(0, 199)}…`);
    expect(hub.log()).not.toContain(name);
  });
});
