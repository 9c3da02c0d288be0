import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { openEventStream } from "./support/event-stream.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:a]
command=/bin/sleep 1000
startsecs=0
[program:b]
command=/bin/sleep 1000
startsecs=0
[group:PLC]
programs=a,b
[program:echo]
command=/bin/sh -c "cat > ${place.path("echo.txt")}"
startsecs=0
[program:broken]
command=/nowhere/at/all
startretries=0
autostart=false
[program:slow]
command=/bin/sh -c "trap '' TERM; while :; do sleep 0.1; done"
stopwaitsecs=2
startsecs=1
[program:dies]
stopsignal=KILL
command=/bin/sleep 1000
startsecs=1
`;

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await becomes("lid001:slow:slow", "RUNNING");
}, 60_000);

const JSON_WANTED = { accept: "application/json" };
type Result = { uid: string; ok: boolean; code?: string; state?: string };
type Answer = { action?: string; dry_run?: boolean; status?: string; results: Result[] };
const act = async (path: string, form: Record<string, string>) =>
  (await (await hub.post(path, form, JSON_WANTED)).json()) as Answer;
const state = async (uid: string) => (await hub.process(uid))?.statename;
const becomes = (uid: string, expected: string) =>
  waitFor(`${uid} to be ${expected}`, async () => (await state(uid)) === expected);
const oks = ({ results }: Answer) => results.filter(({ ok }) => ok).map(({ uid }) => uid);

describe("actions on groups and supervisors", () => {
  test("a process that ended by itself a moment before, and is being started again, is restarted all the same", async () => {
    for (let round = 1; round <= 3; round++) {
      await becomes("lid001:dies:dies", "RUNNING");
      process.kill(await host.pidOf("dies:dies"), "SIGKILL");
      const { results } = await act("/api/process/restart", { uid: "lid001:dies:dies" });
      expect(results).toMatchObject([{ uid: "lid001:dies:dies", ok: true, state: "RUNNING" }]);
    }
  }, 60_000);
  test("POST /api/group/stop and start act on the group, as text and as JSON", async () => {
    expect(oks(await act("/api/group/stop", { group: "PLC" }))).toEqual(["lid001:PLC:a", "lid001:PLC:b"]);
    expect([await state("lid001:PLC:a"), await state("lid001:echo:echo")]).toEqual(["STOPPED", "RUNNING"]);
    const text = await hub.post("/api/group/start", { group: "lid001:PLC" });
    expect([text.status, await text.text()]).toEqual([200, "OK"]);
    await becomes("lid001:PLC:a", "RUNNING");
    expect((await hub.post("/api/group/stop", { group: "nix" })).status).toBe(404);
    expect((await hub.post("/api/group/stop", {})).status).toBe(400);
  });

  test("POST /api/supervisor/restart-all leaves the agent alone", async () => {
    const answer = await act("/api/supervisor/restart-all", { supervisor: "lid*", filter: "group:PLC" });
    expect(oks(answer)).toEqual(["lid001:PLC:a", "lid001:PLC:b"]);
    const all = await act("/api/supervisor/stop-all", { supervisor: "lid001", dry_run: "1" });
    expect(all.results.filter(({ code }) => code === "AGENT_PROTECTED").length).toBe(1);
    expect(all.dry_run).toBe(true);
    expect(await state("lid001:PLC:a")).toBe("RUNNING");
  });
});

describe("actions on processes", () => {
  test("start, by a filter, of what is not running", async () => {
    await act("/api/process/stop", { uid: "lid001:PLC:*" });
    expect(oks(await act("/api/process/start", { filter: "group:PLC state:stopped" }))).toEqual([
      "lid001:PLC:a",
      "lid001:PLC:b",
    ]);
    expect((await act("/api/process/start", { filter: "group:PLC state:stopped" })).results).toEqual([]);
    expect((await hub.post("/api/process/start", { filter: "group:" })).status).toBe(400);
  });

  test("stdin reaches the process as it is", async () => {
    const text = "  zwölf\n%s <&>\n";
    expect(oks(await act("/api/process/stdin", { uid: "lid001:echo:echo", chars: text }))).toEqual([
      "lid001:echo:echo",
    ]);
    await waitFor("the text", () => readFileSync(place.path("echo.txt"), "utf8") === text);
    expect((await act("/api/process/stdin", { uid: "lid001:broken:broken", chars: "x" })).results).toMatchObject([
      { ok: false, code: "NOT_RUNNING" },
    ]);
    expect((await hub.post("/api/process/stdin", { uid: "lid001:echo:echo" })).status).toBe(400);
  });

  test("signal says so where the signal does not exist", async () => {
    const answer = await hub.post("/api/process/signal", { uid: "lid001:PLC:a", signal: "NIX" });
    expect(answer.status).toBe(400);
  });

  test("dry_run tells what would be acted on and does nothing", async () => {
    const answer = await act("/api/process/stop", { uid: "lid001:PLC:*,lid001:nix:nix", dry_run: "1" });
    expect(answer).toMatchObject({ dry_run: true });
    expect(answer.results.map(({ uid, ok }) => [uid, ok])).toEqual([
      ["lid001:PLC:a", true],
      ["lid001:PLC:b", true],
      ["lid001:nix:nix", false],
    ]);
    expect(await state("lid001:PLC:a")).toBe("RUNNING");
  });

  test("wait=0 answers at once; the outcome is at /api/actions/<id> and on the stream", async () => {
    const stream = await openEventStream(place, hub.url, "/api/stream?events=action_changed");
    const response = await hub.post("/api/process/stop", { uid: "lid001:slow:slow", wait: "0" }, JSON_WANTED);
    const begun = (await response.json()) as Answer;
    expect([response.status, begun.status]).toEqual([202, "running"]);
    const path = `/api/actions/${begun.action}`;
    expect(await hub.json<object>(path)).toMatchObject({ action: "stop", status: "running", finished: null });
    const done = await stream.first("the end", ({ payload }) => payload.status === "done");
    expect(done.payload).toMatchObject({ id: begun.action, results: [{ uid: "lid001:slow:slow", ok: true }] });
    expect(await hub.json<object>(path)).toEqual(done.payload);
    expect((await hub.get("/api/actions/nix")).status).toBe(404);
  });

  test("a failure is told in the words of Multivisor 6, the reason beside them", async () => {
    const stream = await openEventStream(place, hub.url, "/api/stream?events=notification");
    await hub.post("/api/process/start", { uid: "lid001:broken:broken" });
    const error = await stream.first("the error", ({ payload }) => String(payload.message).startsWith("Error"));
    expect(error.payload.message).toBe("Error trying to start broken on lid001!");
    expect(String(error.payload.reason)).not.toBe("");
    await hub.post("/api/process/restart", { uid: "lid001:broken:broken" });
    await waitFor(
      "the second",
      () => stream.messages.filter((m) => m.payload.message === error.payload.message).length === 2,
    );
  });
});
