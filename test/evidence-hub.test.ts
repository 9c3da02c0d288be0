import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import type { HubEvidence } from "../src/protocol/hub.ts";
import { openBrowser, type WatchedPage } from "./support/browser.ts";
import { type EventStream, openEventStream } from "./support/event-stream.ts";
import { fetchHistory } from "./support/history.ts";
import { startHub, type TestHub, type WireProcess } from "./support/hub.ts";
import { runCli } from "./support/run.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const script = (name: string, text: string): string => {
  writeFileSync(place.path(`${name}.sh`), text);
  return `/bin/bash ${place.path(`${name}.sh`)}`;
};
const HOSTILE = "<script>alert(1)</script>";

const programs = () => `
[program:broken]
command=${script("broken", `echo "${HOSTILE}" >&2; echo "cannot open db" >&2; exit 3`)}
startretries=1
startsecs=1
[program:victim]
command=/bin/sleep 1000
startsecs=0
[program:later]
command=${script("later", 'echo "bad luck" >&2; exit 4')}
autostart=false
autorestart=false
startsecs=0
`;

type WireInfo = WireProcess & { cause: string | null; evidence: (HubEvidence & { at: number }) | null };

describe("why a process died, told by the hub", () => {
  let host: TestSupervisord;
  let hub: TestHub;
  let stream: EventStream;
  let browser: WatchedPage;
  const info = (uid: string) => hub.json<WireInfo>(`/api/process/info/${uid}`);
  const kept = async (uid: string, state: string) =>
    (await fetchHistory(hub, { uid, state })).findLast((item) => item.evidence != null);

  beforeAll(async () => {
    host = await startSupervisord(place, { name: "lid001", programs: programs() });
    hub = await startHub(place, { supervisors: [host] });
    await hub.live("lid001");
    stream = await openEventStream(place, hub.url);
    await waitFor(
      "the broken one to give up",
      async () => (await hub.process("lid001:broken:broken"))?.statename === "FATAL",
    );
  }, 60_000);

  test("is in the history with the transition", async () => {
    const item = await waitFor("the evidence", () => kept("lid001:broken:broken", "FATAL"));
    expect(item).toMatchObject({
      to_state: "FATAL",
      evidence: { exit_code: 3, signal: null, stdout_tail: "" },
    });
    expect(item.evidence?.stderr_tail).toEndWith(`${HOSTILE}\ncannot open db\n`);
    const running = await fetchHistory(hub, { uid: "lid001:victim:victim", state: "RUNNING" });
    expect(running.map((i) => i.evidence)).toEqual([null]);
  });

  test("stays with the process while it runs again", async () => {
    const pid = await host.pidOf("victim:victim");
    process.kill(pid, "SIGKILL");
    const found = await waitFor("the evidence", async () => {
      const now = await info("lid001:victim:victim");
      return now.statename === "RUNNING" && now.pid !== pid && now.evidence !== null && now;
    });
    expect(found.evidence).toMatchObject({ exit_code: null, signal: "SIGKILL" });
    expect(found.evidence?.ran_ms).toBeGreaterThan(0);
    expect(found.cause).toBe(null);
  });

  test("is said by `multivisor cli why`, and in a word by `history`", async () => {
    const { stdout, exitCode } = await runCli(place, hub, "why", "broken");
    expect(stdout).toMatch(/^lid001:broken:broken {2}FATAL {2}exit 3, after 0(\.\d+)? s, /);
    expect(stdout).toContain(`  stderr:\n    ${HOSTILE}\n    cannot open db\n`);
    expect(exitCode).toBe(0);
    expect((await runCli(place, hub, "history", "broken", "--state", "FATAL")).stdout).toContain("exit 3");
    expect((await runCli(place, hub, "why", "nobody")).exitCode).toBe(1);
  });

  test("comes on the stream a moment after the state", async () => {
    await hub.post("/api/process/start", { uid: "lid001:later:later" });
    const told = await waitFor("the details", () =>
      stream.messages.find(
        (m) => m.event === "process_details" && m.payload.name === "later" && m.payload.cause != null,
      ),
    );
    expect(told.payload).toMatchObject({ statename: "EXITED", cause: "exit 4" });
  });

  test("stands on the page: the cause at a glance, the last lines to open, and they are text", async () => {
    browser = await openBrowser(place);
    await browser.page.goto(hub.url);
    const line = browser.page.locator('#attention [data-uid="lid001:broken:broken"]');
    await line.waitFor();
    expect(await line.locator(".pill").innerText()).toBe("Fatal, exit 3");
    const words = line.locator("pre");
    expect(await words.isVisible()).toBe(false);
    await line.locator("summary").click();
    expect(await words.innerText()).toContain(`${HOSTILE}\ncannot open db`);
    expect(browser.problems).toEqual([]);
  });

  test("of what happened while the hub was away comes when it is back, and outlives it", async () => {
    await hub.kill9();
    await host.rpc("supervisor.startProcess", "later:later", false);
    await waitFor("its end", async () => (await host.stateOf("later:later")) === "EXITED");
    process.kill(await host.pidOf("victim:victim"), "SIGTERM");
    await hub.start();
    await hub.live("lid001");
    await waitFor("both", async () => {
      const items = await fetchHistory(hub, { state: "EXITED" });
      const causes = items.map((i) => `${i.name} ${i.evidence?.exit_code} ${i.evidence?.signal}`);
      return causes.join() === "victim null SIGKILL,later 4 null,later 4 null,victim null SIGTERM";
    });
    expect((await hub.process("lid001:broken:broken")) as WireInfo).toMatchObject({ cause: "exit 3" });
  }, 60_000);
});
