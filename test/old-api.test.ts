import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { startHub, type TestHub } from "./support/hub.ts";
import { processShape, supervisorShape } from "./support/shapes.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:wcid00a]
command=/bin/sleep 1000
startsecs=0
[program:wcid00b]
command=/bin/sleep 1000
startsecs=0
autostart=false
[group:PLC]
programs=wcid00a,wcid00b
[program:broken]
command=/nowhere/at/all
startretries=0
`;

const UID_A = "lid001:PLC:wcid00a";
const UID_B = "lid001:PLC:wcid00b";

let host: TestSupervisord;
let hub: TestHub;

/** Section "down" has no agent behind it. */
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host, { name: "down", agentPort: 1 }] });
  await hub.live("lid001");
  await waitFor("broken to be FATAL", async () => (await hub.process("lid001:broken:broken"))?.statename === "FATAL");
}, 60_000);

const state = async (uid: string) => (await hub.process(uid))?.statename;
const becomes = (uid: string, expected: string) =>
  waitFor(`${uid} to be ${expected}`, async () => (await state(uid)) === expected);
const startB = async () => {
  await hub.post("/api/process/restart", { uid: UID_B });
  await becomes(UID_B, "RUNNING");
};

describe("GET /api/data", () => {
  test("has the name and every process of every supervisor, with the fields and types of Multivisor 6", async () => {
    const answer = await hub.get("/api/data");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    const data = (await answer.json()) as { name: string; supervisors: Record<string, { processes: object }> };
    expect(data.name).toBe("test place");
    expect(Object.keys(data.supervisors).sort()).toEqual(["down", "lid001"]);
    for (const supervisor of Object.values(data.supervisors)) {
      expect(supervisorShape(supervisor)).toEqual([]);
      for (const process of Object.values(supervisor.processes)) expect(processShape(process)).toEqual([]);
    }
    expect(Object.keys(data.supervisors.lid001?.processes ?? {})).toContain(UID_A);
  });

  test("shows what supervisord itself says of a process", async () => {
    const shown = await hub.process(UID_A);
    const real = (await host.rpc("supervisor.getProcessInfo", "PLC:wcid00a")) as Record<string, unknown>;
    const { now, description, ...fixed } = real;
    expect(shown).toMatchObject(fixed);
    expect(shown?.description).toMatch(/^pid \d+, uptime \d+:\d\d:\d\d$/);
    expect(shown).toMatchObject({ uid: UID_A, full_name: "PLC:wcid00a", supervisor: "lid001", running: true });
  });

  test("says why a process could not be spawned", async () => {
    const broken = await hub.process("lid001:broken:broken");
    expect(broken).toMatchObject({ state: 200, running: false, pid: 0 });
    expect(broken?.spawnerr).toContain("/nowhere/at/all");
  });

  test("shows a supervisor that cannot be reached as not running, without processes", async () => {
    const { supervisors } = await hub.data();
    expect(supervisors.down).toMatchObject({
      ...{ name: "down", running: false, pid: null, identification: null, api_version: null },
      ...{ supervisor_version: null, processes: {} },
    });
  });

  test("answers 304 to the ETag it gave, as long as nothing changes", async () => {
    await waitFor("a quiet moment", async () => {
      const etag = (await hub.get("/api/data")).headers.get("etag") ?? "";
      expect(etag).toMatch(/^"[^"]+"$/);
      const again = await hub.get("/api/data", { headers: { "if-none-match": etag } });
      return again.status === 304;
    });
    await startB();
    const etag = (await hub.get("/api/data")).headers.get("etag") ?? "";
    await hub.post("/api/process/stop", { uid: UID_B });
    await becomes(UID_B, "STOPPED");
    expect((await hub.get("/api/data", { headers: { "if-none-match": etag } })).status).toBe(200);
  });
});

describe("GET /api/refresh", () => {
  test("answers as /api/data does and is not held up by a host that is down", async () => {
    const answer = await hub.get("/api/refresh");
    expect(answer.status).toBe(200);
    const data = (await answer.json()) as { name: string; supervisors: Record<string, unknown> };
    expect(Object.keys(data.supervisors).sort()).toEqual(["down", "lid001"]);
  });
});

describe("GET /api/process/list, /api/process/info and /api/supervisor/info", () => {
  test("list holds the uids", async () => {
    const uids = await hub.json<string[]>("/api/process/list");
    expect(uids).toContain(UID_A);
    expect(uids).toContain(UID_B);
  });

  test("info of a process is a Process", async () => {
    const info = await hub.json<Record<string, unknown>>(`/api/process/info/${UID_A}`);
    expect(processShape(info)).toEqual([]);
    expect(info.uid).toBe(UID_A);
    expect(info.pid).toBe(await host.pidOf("PLC:wcid00a"));
  });

  test("info of a supervisor is a Supervisor", async () => {
    const info = await hub.json<Record<string, unknown>>("/api/supervisor/info/lid001");
    expect(supervisorShape(info)).toEqual([]);
    expect(info.pid).toBe(host.pid());
    expect(info.identification).toBe("lid001");
  });

  test.each([
    ["/api/process/info/lid001:PLC:nobody", 404],
    ["/api/process/info/nonsense", 404],
    ["/api/supervisor/info/nobody", 404],
    ["/api/supervisor/info/down", 502],
    ["/api/no/such/thing", 404],
  ])("%s answers %d with a JSON error", async (path, status) => {
    const answer = await hub.get(path);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { message: string }).message).toBeString();
  });
});

describe("POST /api/process/stop and /api/process/restart", () => {
  test("restart starts what is stopped, stop stops it, both answer OK", async () => {
    const restarted = await hub.post("/api/process/restart", { uid: UID_B });
    expect([restarted.status, await restarted.text()]).toEqual([200, "OK"]);
    await becomes(UID_B, "RUNNING");
    const stopped = await hub.post("/api/process/stop", { uid: UID_B });
    expect([stopped.status, await stopped.text()]).toEqual([200, "OK"]);
    await becomes(UID_B, "STOPPED");
  });

  test("restart gives a running process another pid", async () => {
    const before = await host.pidOf("PLC:wcid00a");
    await hub.post("/api/process/restart", { uid: UID_A });
    await waitFor("another pid", async () => {
      const now = await hub.process(UID_A);
      return now?.statename === "RUNNING" && now.pid !== before;
    });
  });

  test.each([
    ["a name without colons", "wcid00b"],
    ["a glob", "*:PLC:*b"],
    ["a list with spaces", `lid001:nothing:*, ${UID_B}`],
  ])("take %s for a pattern", async (_, uid) => {
    await startB();
    await hub.post("/api/process/stop", { uid });
    await becomes(UID_B, "STOPPED");
    expect(await state(UID_A)).toBe("RUNNING");
  });

  test("take multipart and JSON bodies as well as forms", async () => {
    await startB();
    const form = new FormData();
    form.set("uid", UID_B);
    const multipart = await hub.get("/api/process/stop", { method: "POST", body: form });
    expect(multipart.status).toBe(200);
    await becomes(UID_B, "STOPPED");
    const json = await hub.get("/api/process/restart", {
      ...{ method: "POST", body: JSON.stringify({ uid: UID_B }) },
      headers: { "content-type": "application/json" },
    });
    expect(json.status).toBe(200);
    await becomes(UID_B, "RUNNING");
    await hub.post("/api/process/stop", { uid: UID_B });
    await becomes(UID_B, "STOPPED");
  });

  test("answer the result of each process to those who accept JSON", async () => {
    const answer = await hub.post("/api/process/stop", { uid: UID_B }, { accept: "application/json" });
    const text = await answer.text();
    expect(answer.headers.get("content-type")).toStartWith("application/json");
    expect(text).toContain(UID_B);
    expect(text).toContain("NOT_RUNNING");
  });

  test("answer 404 for an exact uid that nobody has", async () => {
    expect((await hub.post("/api/process/stop", { uid: "lid001:PLC:nobody" })).status).toBe(404);
  });

  test("answer 4xx where the uid is missing", async () => {
    const { status } = await hub.post("/api/process/stop", {});
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  test("do not stop the agent by a pattern", async () => {
    const before = await host.pidOf("multivisor:multivisor");
    await hub.post("/api/process/stop", { uid: "*:multivisor:*" }, { accept: "application/json" });
    await hub.get("/api/refresh");
    expect(await host.pidOf("multivisor:multivisor")).toBe(before);
    expect(await host.stateOf("multivisor:multivisor")).toBe("RUNNING");
  });

  test("change nothing when asked by GET", async () => {
    const answer = await hub.get(`/api/process/stop?uid=${encodeURIComponent(UID_A)}`);
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "POST"]);
    expect(await state(UID_A)).toBe("RUNNING");
  });
});

describe("POST /api/supervisor/{reread,update}", () => {
  test("reread tells what changed and applies nothing, update applies it", async () => {
    host.rewrite(`${PROGRAMS}\n[program:added]\ncommand=/bin/sleep 1000\nstartsecs=0\n`);
    const reread = await hub.post("/api/supervisor/reread", { supervisor: "lid001" });
    expect([reread.status, await reread.text()]).toEqual([200, "OK"]);
    expect(await hub.process("lid001:added:added")).toBeUndefined();
    const update = await hub.post("/api/supervisor/update", { supervisor: "lid001" });
    expect([update.status, await update.text()]).toEqual([200, "OK"]);
    await becomes("lid001:added:added", "RUNNING");
    host.rewrite(PROGRAMS);
    await hub.post("/api/supervisor/update", { supervisor: "lid001" });
    await waitFor("added to be gone", async () => (await hub.process("lid001:added:added")) === undefined);
  });

  test("answer 404 for a supervisor that nobody has", async () => {
    expect((await hub.post("/api/supervisor/reread", { supervisor: "nobody" })).status).toBe(404);
  });

  test("answer an error, not OK, for one that is down", async () => {
    const answer = await hub.post("/api/supervisor/reread", { supervisor: "down" });
    expect(await answer.text()).not.toBe("OK");
    expect(answer.status).toBe(502);
  });
});

describe("without a password in the configuration", () => {
  test("/api/auth says that none is needed, and so does login", async () => {
    expect(await hub.json<object>("/api/auth")).toMatchObject({ use_authentication: false });
    const login = await hub.post("/api/login", { username: "a", password: "b" });
    expect(await login.text()).toBe("Authentication is not required");
  });

  test("logout works", async () => {
    const logout = await hub.post("/api/logout");
    expect(logout.status).toBe(200);
    expect(await logout.json()).toEqual({});
  });
});
