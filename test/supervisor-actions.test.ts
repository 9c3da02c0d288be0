import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type EventStream, openEventStream } from "./support/event-stream.ts";
import { fetchHistory, type HistoryItem } from "./support/history.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:sleeper]
command=/bin/sleep 1000
startsecs=0
[program:broken]
command=/bin/false
autostart=false
startretries=0
`;

let host: TestSupervisord;
let other: TestSupervisord;
let hub: TestHub;
let stream: EventStream;

beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  other = await startSupervisord(place, { name: "lid002", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host, other] });
  await hub.live("lid001", "lid002");
  stream = await openEventStream(place, hub.url);
}, 60_000);

/** Waits for a notification of the stream. */
const told = (message: string | RegExp) =>
  stream.first(
    `the notification ${message}`,
    ({ event, payload }) => {
      const text = String(payload.message);
      return event === "notification" && (typeof message === "string" ? text === message : message.test(text));
    },
    20_000,
  );

const isLive = async (name: string) => (await hub.data()).supervisors[name]?.running === true;

describe("actions on a supervisor are told of in the words of Multivisor 6", () => {
  test("reread counts what was added, changed and disappeared", async () => {
    host.rewrite(`${PROGRAMS}[program:added]\ncommand=/bin/sleep 1000\n`);
    await hub.post("/api/supervisor/reread", { supervisor: "lid001" });
    await told("Reread config of lid001 (1 added; 0 changed; 0 disappeared)");
    host.rewrite(PROGRAMS);
  });

  test("the history names the groups that were added, changed and removed, and who asked for it", async () => {
    const programs = (changed: string) =>
      `${PROGRAMS}[program:${changed}]\ncommand=/bin/sleep 1000\nstartsecs=0\n[program:same]\ncommand=/bin/sleep ${changed.length}000\nstartsecs=0\n`;
    // Of what supervisord announces at its start the agent hears when it is itself RUNNING.
    const agent = { uid: "lid001:multivisor:multivisor", state: "RUNNING" };
    await waitFor("the start to be told", async () => (await fetchHistory(hub, agent)).length > 0);
    host.rewrite(programs("one"));
    await hub.post("/api/supervisor/update", { supervisor: "lid001" });
    const ran = async (name: string) =>
      (await fetchHistory(hub, { uid: `lid001:${name}:${name}`, state: "RUNNING" })).length;
    await waitFor("the first update to be told", async () => (await ran("one")) === 1 && (await ran("same")) === 1);
    host.rewrite(programs("second"));
    await hub.post("/api/supervisor/reread", { supervisor: "lid001" });
    await hub.post("/api/supervisor/update", { supervisor: "lid001" });
    await waitFor("the second one to be told", async () => (await ran("second")) === 1 && (await ran("same")) === 2);
    const ofHostMs = Date.now();
    host.rewrite(programs("third"));
    Bun.spawnSync(["supervisorctl", "-c", host.conf, "update"], { env: place.env });
    const told = async () => {
      const all = await fetchHistory(hub, { supervisor: "lid001", kind: "all" });
      const items = all.slice(all.findLastIndex(({ by }) => by?.action === "reread"));
      const what = ({ kind, uid, group, to_state, state, message }: HistoryItem) =>
        `${kind} ${uid ?? group ?? message} ${to_state ?? state ?? ""}`.trim();
      // A question may meet a process after its group was added and before it is started: then it is found STOPPED.
      const announced = items.filter((item) => item.kind !== "transition" || !item.sampled);
      return announced.map((item) => [what(item), item.by?.action ?? item.cause ?? null, item.at >= ofHostMs] as const);
    };
    await waitFor("all of it to be told", async () =>
      (await told()).some(([what]) => what === "transition lid001:third:third RUNNING"),
    );
    const lines = await told();
    const changes = "added second; changed same; removed one";
    expect(lines).toContainEqual([`command ${changes}`, "reread", false]);
    expect(lines).toContainEqual([`command ${changes}`, "update", false]);
    const ours = lines.filter(([what, , isLater]) => !isLater && !what.startsWith("command"));
    expect(new Set(ours.map(([, who]) => who))).toEqual(new Set(["update"]));
    expect(ours.map(([what]) => what)).toContain("group one REMOVED");
    const theirs = lines.filter(([, , isLater]) => isLater);
    expect(new Set(theirs.map(([, who]) => who))).toEqual(new Set(["host"]));
    const groups = theirs.map(([what]) => what).filter((what) => what.startsWith("group"));
    expect(groups.toSorted()).toEqual([
      "group same ADDED",
      "group same REMOVED",
      "group second REMOVED",
      "group third ADDED",
    ]);
    host.rewrite(PROGRAMS);
    await hub.post("/api/supervisor/update", { supervisor: "lid001" });
  });

  test("a start that fails is told of as an error", async () => {
    await hub.post("/api/process/start", { uid: "lid001:broken:broken" });
    const { payload } = await told(/^Error trying to start broken on lid001!/);
    expect(payload.level).toBe("ERROR");
  });

  test("restart: supervisord has the same pid, its processes have others, and it is live again", async () => {
    const [pid, sleeper] = [host.pid(), await host.pidOf("sleeper:sleeper")];
    const answer = await hub.post("/api/supervisor/restart", { supervisor: "lid001" });
    expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
    await told("Restarted lid001");
    await waitFor("another sleeper", async () => {
      const now = await hub.process("lid001:sleeper:sleeper");
      return now?.statename === "RUNNING" && now.pid !== sleeper;
    });
    expect((await hub.data()).supervisors.lid001?.pid).toBe(pid);
  });

  test("shutdown: supervisord ends, is shown as not running, and the other one as before", async () => {
    const pid = host.pid();
    const answer = await hub.post("/api/supervisor/shutdown", { supervisor: "lid001" });
    expect([answer.status, await answer.text()]).toEqual([200, "OK"]);
    await told("Shut down lid001");
    await waitFor("supervisord to have ended", () => host.hasExited());
    expect(pid).toBeGreaterThan(0);
    await waitFor("it to be shown as not running", async () => !(await isLive("lid001")));
    await stream.first(
      "supervisor_changed",
      (m) => m.event === "supervisor_changed" && m.payload.name === "lid001" && m.payload.running === false,
    );
    expect(await isLive("lid002")).toBe(true);
  });

  test("a command to a host that is down fails at once and is not done later", async () => {
    const answer = await hub.post(
      "/api/process/restart",
      { uid: "lid001:sleeper:sleeper" },
      { accept: "application/json" },
    );
    expect(await answer.text()).toContain("HOST_UNREACHABLE");
    await host.start();
    await waitFor("lid001 to be live", () => isLive("lid001"));
    const before = await host.pidOf("sleeper:sleeper");
    await hub.get("/api/refresh");
    expect(await host.pidOf("sleeper:sleeper")).toBe(before);
  });
});

describe("stop of everything", () => {
  test("stops every process of every host but the agents", async () => {
    await hub.post("/api/process/stop", { uid: "*" });
    for (const name of ["lid001", "lid002"])
      await waitFor(
        `${name} to have stopped`,
        async () => (await hub.process(`${name}:sleeper:sleeper`))?.statename === "STOPPED",
      );
    expect(await host.stateOf("multivisor:multivisor")).toBe("RUNNING");
    expect(await other.stateOf("multivisor:multivisor")).toBe("RUNNING");
  });
});
