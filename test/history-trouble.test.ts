import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import { firstIdOf } from "../src/hub/store/item-id.ts";
import { MIGRATIONS } from "../src/hub/store/migrations.ts";
import { openDatabase } from "../src/hub/store/open-database.ts";
import { openBrowser } from "./support/browser.ts";
import { fetchHistory } from "./support/history.ts";
import { startHub } from "./support/hub.ts";
import { rowOf } from "./support/page-rows.ts";
import { startSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = "\n[program:quiet]\ncommand=/bin/sleep 1000\nstartsecs=0\n";
const QUIET = "lid001:quiet:quiet";

test("while the history cannot be written pages that are open say so and go on, and all is written afterwards", async () => {
  const db = place.path("locked.sqlite");
  const host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  const hub = await startHub(place, { supervisors: [host], db });
  await hub.live("lid001");
  const { page } = await openBrowser(place);
  await page.goto(`${hub.url}/processes`);
  await page.locator("html[data-stream=live]").waitFor({ state: "attached" });
  const banner = page.locator("#history-problem");
  expect(await banner.innerText()).toBe("");

  const other = new Database(db);
  try {
    other.run("BEGIN IMMEDIATE");
    await hub.post("/api/process/stop", { uid: QUIET });
    await waitFor("the page to say so", async () => (await banner.innerText()).includes("not being written"));
    expect(await banner.innerText()).toContain("another program holds it locked; end that program");
    await waitFor("the row to follow", async () => (await rowOf(page, QUIET).getAttribute("data-state")) === "STOPPED");
  } finally {
    other.close();
  }
  await waitFor("the page to say no more of it", async () => (await banner.innerText()) === "");
  const states = (await fetchHistory(hub, { uid: QUIET })).map(({ to_state }) => to_state);
  expect(states.slice(-2)).toEqual(["STOPPING", "STOPPED"]);
}, 60_000);

test("a history of an older version is brought to the newest while the hub answers, and is there by itself", async () => {
  const db = place.path("older.sqlite");
  const old = openDatabase(db, MIGRATIONS.slice(0, 1));
  old.$client.run("INSERT INTO supervisors VALUES (1, 'lid001', NULL)");
  old.$client.run("INSERT INTO processes VALUES (1, 1, 'quiet', 'quiet')");
  old.$client.run("INSERT INTO items VALUES (?, 1, 1, 2, 1, 0, 100, NULL, 1)", [firstIdOf(Date.now() - 60_000)]);
  old.close();
  const hub = await startHub(place, { supervisors: [], db });
  await waitFor("the history", async () => (await hub.get("/api/history")).status === 200);
  expect(await fetchHistory(hub)).toMatchObject([{ uid: QUIET, to_state: "RUNNING", pid: 100 }]);
  expect(hub.log()).toContain("is of version 1 and becomes");
  expect(hub.log()).toMatch(/is of this program's version now, after [0-9.]+ s/);
}, 60_000);

test("a history that cannot be read is told with 503, by the API as on the page", async () => {
  const db = place.path("newer.sqlite");
  const newer = openDatabase(db);
  newer.$client.run("PRAGMA user_version = 999");
  newer.$client.close();
  const hub = await startHub(place, { supervisors: [], db });
  for (const path of ["/api/history", "/history"]) {
    const answer = await hub.get(path);
    expect([path, answer.status]).toEqual([path, 503]);
    expect(await answer.text()).toContain("Cannot read the history");
  }
});
