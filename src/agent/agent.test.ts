import { afterEach, describe, expect, test } from "bun:test";
import type { JournalEntry } from "../domain/journal-entry.ts";
import { RIGHTS, type Right } from "../domain/rights.ts";
import { createLogger } from "../lib/logger.ts";
import type { Call } from "../protocol/agent.ts";
import type { RawEvent } from "../supervisord/event-reader.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { createAgent } from "./agent.ts";
import { createHttpApp } from "./http-app.ts";
import { type Journal, openJournal } from "./journal.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

type Options = {
  journal?: Journal;
  rpc?: Rpc;
  token?: string;
  pid?: number;
  startTicks?: number;
  allows?: readonly Right[];
};

/** An agent whose supervisord is this test. */
function scene({
  journal = openJournal(":memory:"),
  rpc,
  token,
  pid = 7,
  startTicks = 100,
  allows = RIGHTS,
}: Options = {}) {
  const clock = { ms: 1_000_000 };
  const lines: string[] = [];
  const log = createLogger("DEBUG", (line) => lines.push(line));
  const calls: unknown[][] = [];
  const agent = createAgent({
    ...{ journal, log, supervisord: { pid, startTicks }, version: "7", now: () => clock.ms, restartSelf: () => {} },
    self: { group: "multivisor", name: "multivisor" },
    rpc: (method, ...params) => {
      calls.push([method, ...params]);
      return rpc === undefined ? Promise.resolve(true) : rpc(method, ...params);
    },
  });
  const app = createHttpApp({ agent, token: token ?? null, allows, now: () => clock.ms, log });
  cleanups.push(app.close);
  let poolserial = -1;
  const tell = (eventname: string, payload: string, place: Partial<RawEvent> = {}) => {
    poolserial = place.poolserial ?? poolserial + 1;
    agent.handleEvent({
      serial: poolserial + 10,
      pool: "multivisor",
      length: payload.length,
      eventname,
      payload,
      ...place,
      poolserial,
    })();
  };
  const entries = () => agent.read(0, 10_000).map(({ json }) => JSON.parse(json) as JournalEntry);
  return { agent, app, clock, lines, calls, tell, entries };
}

const cat = "processname:cat groupname:cat";
const request = (path: string, init?: RequestInit) => new Request(`http://localhost${path}`, init);
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(path, { method: "POST", body: JSON.stringify(body), headers });
const command = (calls: Call[], change: object = {}) => ({ id: "c1", notAfterMs: 2_000_000, calls, ...change });

/** A journal whose disk is full while `full` says so. */
function fullJournal() {
  const disk = { full: false };
  const real = openJournal(":memory:");
  const append: Journal["append"] = (...args) => {
    if (disk.full) throw new Error("database or disk is full");
    return real.append(...args);
  };
  return { disk, journal: { ...real, append } };
}

describe("an event", () => {
  test("is in the journal before supervisord is answered, and told after", () => {
    const { agent, entries } = scene();
    const told: string[] = [];
    agent.messages.subscribe((message) => told.push(message.event));
    const payload = `${cat} from_state:RUNNING pid:5 expected:0`;
    const event = {
      serial: 0,
      poolserial: 0,
      pool: "p",
      length: payload.length,
      eventname: "PROCESS_STATE_EXITED",
      payload,
    };
    const followUp = agent.handleEvent(event);
    expect([entries().length, told]).toEqual([1, []]);
    followUp();
    expect(told).toEqual(["entry"]);
  });
  test("that comes twice is kept once", () => {
    const { tell, entries } = scene();
    tell("PROCESS_STATE_FATAL", `${cat} from_state:BACKOFF`, { poolserial: 0 });
    tell("PROCESS_STATE_FATAL", `${cat} from_state:BACKOFF`, { poolserial: 0 });
    expect(entries()).toHaveLength(1);
  });
  test("that cannot be read is answered like any other, and said in the log", () => {
    const { tell, entries, lines } = scene();
    tell("PROCESS_STATE_FATAL", "nonsense");
    tell("NEVER_HEARD_OF", "x");
    tell("PROCESS_STATE_FATAL", `${cat} from_state:BACKOFF`);
    expect(entries()).toHaveLength(1);
    expect(lines.filter((line) => line.includes("Cannot read an event"))).toHaveLength(1);
  });
  test("never has an earlier time than the one before it, when the clock is set back a little", () => {
    const { tell, entries, clock } = scene();
    tell("PROCESS_STATE_FATAL", `${cat} from_state:BACKOFF`);
    clock.ms -= 5_000;
    tell("PROCESS_STATE_STARTING", `${cat} from_state:FATAL tries:0`);
    clock.ms -= 3_600_000;
    tell("PROCESS_STATE_FATAL", `${cat} from_state:STARTING`);
    expect(entries().map((entry) => entry.atMs)).toEqual([1_000_000, 1_000_000, -2_605_000]);
  });
});

describe("a full disk", () => {
  test("is told once, keeps no event from its answer, and is a gap in the journal afterwards", () => {
    const { disk, journal } = fullJournal();
    const { tell, entries, lines, clock } = scene({ journal });
    tell("PROCESS_STATE_STARTING", `${cat} from_state:STOPPED tries:0`);
    disk.full = true;
    clock.ms += 1_000;
    tell("PROCESS_STATE_RUNNING", `${cat} from_state:STARTING pid:5`);
    tell("TICK_5", "when:1");
    tell("PROCESS_STATE_EXITED", `${cat} from_state:RUNNING pid:5 expected:0`);
    disk.full = false;
    clock.ms += 1_000;
    tell("PROCESS_STATE_STARTING", `${cat} from_state:EXITED tries:0`);
    expect(lines.filter((line) => line.includes("ERROR"))).toHaveLength(1);
    expect(entries().map((e) => (e.kind === "gap" ? [e.reason, e.lost, e.fromMs, e.atMs] : e.kind))).toEqual([
      "transition",
      ["events_lost", 2, 1_000_000, 1_002_000],
      "transition",
    ]);
  });
});

describe("HTTP", () => {
  test("everything but the front door asks for the token", async () => {
    const { app } = scene({ token: "secret" });
    const status = async (path: string, authorization?: string) =>
      (await app.fetch(request(path, authorization === undefined ? {} : { headers: { authorization } }))).status;
    expect(await status("/")).toBe(200);
    expect(await status("/v1/stream")).toBe(401);
    expect(await status("/v1/stream", "Bearer secre")).toBe(401);
    expect(await status("/v1/stream", "Bearer secret")).toBe(200);
  });
  test("a web page may do nothing, wherever it comes from", async () => {
    const { app, calls } = scene();
    const body = command([{ method: "stopProcess", namespec: "a:a" }]);
    expect((await app.fetch(post("/v1/command", body, { origin: "http://localhost" }))).status).toBe(403);
    expect(calls).toEqual([]);
  });
  test.each([
    [{}, /^Cannot read id/],
    [command([]), /^Cannot read calls: 1 to 1000/],
    [command([{ method: "destroy" } as never]), /^Cannot read calls\[0\]\.method/],
    [command([{ method: "signalProcess", namespec: "a:a" } as never]), /^Cannot read calls\[0\]\.signal/],
  ])("a command that is not one (%j) says where", async (body, message) => {
    const response = await scene().app.fetch(post("/v1/command", body));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ code: "BAD_REQUEST", message: expect.stringMatching(message) });
  });
  test("a command that comes twice is done once and answered twice", async () => {
    const { app, calls } = scene({ rpc: async () => [true] });
    const send = () => app.fetch(post("/v1/command", command([{ method: "startProcess", namespec: "a:a" }])));
    const answers = await Promise.all([send(), send()]);
    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { results: [{ ok: true }] },
      { results: [{ ok: true }] },
    ]);
    expect(calls).toHaveLength(1);
  });
  test("a command that comes too late does nothing", async () => {
    const { app, calls } = scene();
    const response = await app.fetch(post("/v1/command", command([{ method: "restart" }], { notAfterMs: 999_999 })));
    expect(await response.json()).toMatchObject({ results: [{ ok: false, code: "EXPIRED" }] });
    expect(calls).toEqual([]);
  });
  test("no more streams than a few", async () => {
    const { app } = scene();
    const open = async () => (await app.fetch(request("/v1/stream"))).status;
    const statuses: number[] = [];
    for (let i = 0; i < 17; i++) statuses.push(await open());
    expect(statuses).toEqual([...Array(16).fill(200), 403]);
  });
  test("the heartbeat of a stream that is not open says so", async () => {
    expect((await scene().app.fetch(post("/v1/alive", { stream: "x" }))).status).toBe(404);
  });
});

describe("a stream", () => {
  const tellMany = (tell: (name: string, payload: string) => void, count: number) => {
    for (let i = 0; i < count; i++) tell("PROCESS_STATE_UNKNOWN", `processname:p${i} groupname:g from_state:RUNNING`);
  };
  const numbers = (text: string) => [...text.matchAll(/^id: [^:]+:(\d+)$/gm)].map(([, seq]) => Number(seq));

  async function readUntil(body: ReadableStream<Uint8Array> | null, seq: number): Promise<number[]> {
    let text = "";
    const decoder = new TextDecoder();
    for await (const bytes of body ?? []) {
      const from = Math.max(0, text.length - 100);
      text += decoder.decode(bytes, { stream: true });
      if (text.includes(`:${seq}\ndata`, from)) break;
    }
    return numbers(text);
  }
  const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

  test("goes on after the cursor, from the journal into the present without a hole", async () => {
    const { app, agent, tell } = scene();
    tellMany(tell, 1_200);
    const headers = { "last-event-id": `${agent.epoch}:100` };
    const { body } = await app.fetch(request("/v1/stream", { headers }));
    const seen = readUntil(body, 1_300);
    for (let i = 0; i < 100; i++) {
      tellMany(tell, 1);
      await Promise.resolve();
    }
    expect(await seen).toEqual(upTo(101, 1_300));
  });
  test("with the cursor of another journal begins at the beginning", async () => {
    const { app, tell } = scene();
    tellMany(tell, 3);
    const { body } = await app.fetch(request("/v1/stream", { headers: { "last-event-id": "other:100" } }));
    expect(await readUntil(body, 3)).toEqual([1, 2, 3]);
  });
  test("whose reader sleeps while much happens misses nothing and keeps nothing in memory", async () => {
    const { app, tell } = scene();
    const { body } = await app.fetch(request("/v1/stream"));
    tellMany(tell, 12_000); // some 3 MB, the queue holds 1
    expect(await readUntil(body, 12_000)).toEqual(upTo(1, 12_000));
  }, 60_000);
});
