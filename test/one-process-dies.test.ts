import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { type EventStream, openEventStream } from "./support/event-stream.ts";
import { fetchHistory } from "./support/history.ts";
import { startHub, type TestHub, type WireProcess } from "./support/hub.ts";
import { notedStates, noteStates, rowText, shownState } from "./support/page-rows.ts";
import { runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:worker]
command=/bin/sleep 1000
startsecs=1
autorestart=true
[program:bystander]
command=/bin/sleep 1000
[group:web]
programs=worker,bystander
`;

describe("a process that is killed with SIGKILL", () => {
  let host: TestSupervisord;
  let hub: TestHub;
  let stream: EventStream;
  let browser: WatchedPage;
  let killed = 0;
  let reborn = 0;
  let killedAtMs = 0;

  const uid = "lid001:web:worker";
  const changes = () =>
    stream.messages
      .filter((m) => m.event === "process_changed" && m.payload.uid === uid)
      .map((m) => m.payload as unknown as WireProcess);

  const told = () => stream.messages.filter((m) => m.event === "notification").map((m) => m.payload);

  beforeAll(async () => {
    host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
    hub = await startHub(place, { supervisors: [host] });
    await hub.live("lid001");
    await waitFor("worker to be RUNNING", async () => (await hub.process(uid))?.statename === "RUNNING");
    browser = await openBrowser(place);
    await browser.page.goto(hub.url);
    await waitFor("the page to show it RUNNING", async () => (await shownState(browser.page, uid)) === "RUNNING");
    await noteStates(browser.page, uid);
    stream = await openEventStream(place, hub.url);
    killed = await host.pidOf("web:worker");
    killedAtMs = Date.now();
    process.kill(killed, "SIGKILL");
    await waitFor("worker to be told RUNNING again", () =>
      told().some(({ message }) => String(message).endsWith(" RUNNING")),
    );
    reborn = await host.pidOf("web:worker");
  }, 60_000);

  test("passes through EXITED, STARTING and RUNNING on /api/stream, in this order and each once", () => {
    expect(changes().map((p) => p.statename)).toEqual(["EXITED", "STARTING", "RUNNING"]);
    expect(changes().map((p) => p.state)).toEqual([100, 10, 20]);
    expect(changes().map((p) => p.running)).toEqual([false, true, true]);
    expect(changes().at(-1)?.pid).toBe(reborn);
    expect(reborn).not.toBe(killed);
  });

  test("is told of in the words of Multivisor 6", () => {
    expect(told().map((n) => n.message)).toEqual([
      "worker on lid001 changed from RUNNING to EXITED",
      "worker on lid001 changed from EXITED to STARTING",
      "worker on lid001 changed from STARTING to RUNNING",
    ]);
    for (const { level, time } of told()) {
      expect(["DEBUG", "INFO", "WARNING", "ERROR"]).toContain(level as string);
      expect(Math.abs((time as number) * 1_000 - killedAtMs)).toBeLessThan(60_000);
    }
  });

  test("is in /api/history with from, to, pid, expected and time", async () => {
    const stored = await waitFor("the history to hold all three", async () => {
      const items = await fetchHistory(hub, { uid, from: String(killedAtMs - 1_000) });
      const three = items.filter((i) => i.kind === "transition").slice(-3);
      return three.at(-1)?.pid === reborn ? three : null;
    });
    expect(stored.map((i) => `${i.from_state}>${i.to_state}`)).toEqual([
      "RUNNING>EXITED",
      "EXITED>STARTING",
      "STARTING>RUNNING",
    ]);
    expect(stored[0]).toMatchObject({
      ...{ uid, supervisor: "lid001", group: "web", name: "worker", pid: killed, expected: false },
    });
    for (const { at } of stored) expect(Math.abs(at - killedAtMs)).toBeLessThan(60_000);
  });

  test("is shown anew in a browser that did not reload", async () => {
    await waitFor(
      "the page to show it RUNNING again",
      async () => (await notedStates(browser.page)).at(-1) === "RUNNING",
    );
    const states = await notedStates(browser.page);
    expect(states.slice(-2)).toEqual(["STARTING", "RUNNING"]);
    expect(await rowText(browser.page, uid)).toMatch(/\b\d{1,2} s\b/);
    expect(browser.problems).toEqual([]);
  });

  test("is RUNNING with its new pid in `multivisor cli status`", async () => {
    const { stdout, exitCode } = await runCli(place, hub, "status", "worker");
    expect(stdout).toMatch(new RegExp(`^lid001:web:worker +RUNNING +pid ${reborn}, uptime 0:00:\\d\\d$`, "m"));
    expect(stdout).not.toContain("bystander");
    expect(exitCode).toBe(0);
  });

  test("leaves its neighbour as it was", () => {
    expect(stream.messages.filter((m) => JSON.stringify(m.payload.uid ?? "").includes("bystander"))).toEqual([]);
  });
});
