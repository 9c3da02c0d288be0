import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { openEventStream } from "./support/event-stream.ts";
import { startHub, type TestHub } from "./support/hub.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

// Beside old-api.test.ts, login.test.ts, log-follow.test.ts and log-read.test.ts: what programs written for Multivisor 6 rely on beyond shapes.

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:a]
command=/bin/sh -c "echo hello; exec sleep 1000"
startsecs=1
[group:PLC]
programs=a
`;
const UID = "lid001:PLC:a";

let host: TestSupervisord;
let hub: TestHub;
beforeAll(async () => {
  host = await startSupervisord(place, { name: "lid001", programs: PROGRAMS });
  hub = await startHub(place, { supervisors: [host] });
  await hub.live("lid001");
  await waitFor("a", async () => (await hub.process(UID))?.statename === "RUNNING");
}, 60_000);

type Fields = Record<string, unknown>;
const kind = (value: unknown) => (value === null ? "null" : Array.isArray(value) ? "array" : typeof value);

describe("/api/data as it was captured from Multivisor 6.0.3", () => {
  const old = JSON.parse(readFileSync(join(import.meta.dir, "fixtures", "api-data.json"), "utf8")) as {
    supervisors: Record<string, Fields & { processes: Record<string, Fields> }>;
  };
  const oldSupervisors = Object.values(old.supervisors);
  const oldUp = oldSupervisors.find(({ running }) => running === true);
  const oldProcess = Object.values(oldUp?.processes ?? {})[0] ?? {};
  /** names of fields whose type is another here, or that are missing */
  const differing = (before: Fields, now: Fields) =>
    Object.keys(before).filter(
      (name) => !(name in now) || (name !== "version" && kind(before[name]) !== kind(now[name])),
    );

  test("each field of a supervisor and of a process is there, with its type", async () => {
    const { supervisors } = (await hub.data()) as unknown as typeof old;
    const now = supervisors.lid001 as Fields & { processes: Record<string, Fields> };
    expect(Object.keys(oldProcess).length).toBeGreaterThan(15);
    expect(differing(oldUp ?? {}, now)).toEqual([]);
    expect(differing(oldProcess, now.processes[UID] ?? {})).toEqual([]);
  });
});

describe("/api/stream", () => {
  test("begins at once, and each message is one line of JSON as Multivisor 6 wrote it", async () => {
    const stop = new AbortController();
    const answer = await hub.get("/api/stream?events=process_changed,notification", { signal: stop.signal });
    expect(answer.headers.get("content-type")).toStartWith("text/event-stream");
    const reader = answer.body?.pipeThrough(new TextDecoderStream() as never).getReader();
    let text = String((await reader?.read())?.value);
    expect(text).toBe(":\n\n");
    const acting = hub.post("/api/process/stop", { uid: UID });
    while (!text.includes("notification")) text += String((await reader?.read())?.value);
    stop.abort();
    await acting;
    const [first = ""] = text.split("\n\n").filter((message) => !message.startsWith(":"));
    const [data = "", id = "", ...rest] = first.split("\n");
    expect(data).toMatch(/^data: \{"event": "process_changed", "payload": \{"uid":"lid001:PLC:a"/);
    expect([id.startsWith("id: "), rest]).toEqual([true, []]);
  });

  test("a restart is every state in order, each followed by its notification", async () => {
    await hub.post("/api/process/start", { uid: UID });
    const stream = await openEventStream(place, hub.url);
    await hub.post("/api/process/restart", { uid: UID });
    await stream.first("RUNNING", ({ payload }) => payload.statename === "RUNNING");
    await stream.first("its word", ({ payload }) => String(payload.message).endsWith("from STARTING to RUNNING"));
    const seen = stream.messages.flatMap(({ event, payload }) =>
      event === "process_changed" ? [payload.statename] : event === "notification" ? [payload.message] : [],
    );
    const states = ["RUNNING", "STOPPING", "STOPPED", "STARTING", "RUNNING"];
    expect(seen).toEqual(
      states.slice(1).flatMap((state, i) => [state, `a on lid001 changed from ${states[i]} to ${state}`]),
    );
    const notification = stream.messages.find(({ event }) => event === "notification");
    expect(Object.keys(notification?.payload ?? {})).toEqual(["message", "level", "time"]);
  });

  test("actions on supervisors are told in the old words", async () => {
    const stream = await openEventStream(place, hub.url);
    const said = (text: string) => stream.first(text, ({ payload }) => payload.message === text);
    await hub.post("/api/supervisor/reread", { supervisor: "lid001" });
    await said("Reread config of lid001 (0 added; 0 changed; 0 disappeared)");
    await hub.post("/api/supervisor/restart", { supervisor: "lid001" });
    await said("Restarted lid001");
    await hub.live("lid001");
    await waitFor("a again", async () => (await hub.process(UID))?.statename === "RUNNING");
  });
});

describe("the rest", () => {
  test("a log is followed as {message, size}", async () => {
    const stop = new AbortController();
    const answer = await hub.get(`/api/process/log/out/tail/${UID}`, { signal: stop.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream() as never).getReader();
    let text = "";
    while (!text.includes("hello")) text += String((await reader?.read())?.value);
    stop.abort();
    const line = text.split("\n").find((one) => one.startsWith("data: ") && one.includes("hello")) ?? "";
    const { message, size } = JSON.parse(line.slice(6)) as Fields;
    expect([kind(message), kind(size)]).toEqual(["string", "number"]);
  });

  test("GET /api/admin/reload is OK, and GET /api/config/file the file", async () => {
    const reload = await hub.get("/api/admin/reload");
    expect([reload.status, await reload.text()]).toEqual([200, "OK"]);
    expect((await hub.json<{ content: string }>("/api/config/file")).content).toBe(readFileSync(hub.conf, "utf8"));
  });

  test("what does not exist is 404 with a message, in JSON", async () => {
    for (const path of ["/api/nothing", "/api/process/info/lid001:PLC:x", "/api/supervisor/info/x"]) {
      const answer = await hub.get(path);
      expect([answer.status, kind(((await answer.json()) as Fields).message)]).toEqual([404, "string"]);
    }
  });
});
