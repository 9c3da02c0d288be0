import { afterEach, describe, expect, test } from "bun:test";
import { processInfo, supervisorFacts, transition } from "../../../test/fixtures.ts";
import type { JournalEntry } from "../../domain/journal-entry.ts";
import { createLogger } from "../../lib/logger.ts";
import { sseFrame } from "../../lib/sse-frame.ts";
import { until } from "../../lib/until.ts";
import { type Cursor, type Failure, PROTOCOL_VERSION } from "../../protocol/agent.ts";
import { createFleet } from "../fleet.ts";
import type { FleetChange } from "../fleet-change.ts";
import { createAgentHttp } from "./agent-http.ts";
import { createAgentLink } from "./agent-link.ts";

const hello = (more: object = {}) => ({
  protocol: PROTOCOL_VERSION,
  agentVersion: "7.0.0",
  epoch: "e1",
  stream: "s1",
  oldestSeq: 1,
  newestSeq: 0,
  nowMs: Date.now(),
  agent: { group: "multivisor", name: "multivisor" },
  ...more,
});
const snapshot = (seq: number, more = {}) => ({
  seq,
  nowMs: 1,
  supervisor: supervisorFacts(),
  processes: [processInfo(more)],
});
const frame = (event: string, data: object) =>
  sseFrame({ event, data: typeof data === "string" ? data : JSON.stringify(data) });
const entry = (seq: number, toState: Parameters<typeof transition>[0], more = {}) =>
  frame("entry", transition(toState, { seq, ...more }));

const toEnd: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of toEnd.splice(0)) await end();
});

/** A peer that answers each connection with the next of `streams` (the last one again and again), to test what a link makes of any peer. */
function linkTo(
  streams: readonly (string | Uint8Array | Response)[],
  options: { token?: string; cursor?: Cursor; heartbeatMs?: number } = {},
) {
  const failures: Failure[] = [];
  const asked: string[] = [];
  let connections = 0;
  let send = (_: string) => {};
  const server = Bun.serve({
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      asked.push(
        path === "/v1/stream" ? `stream ${request.headers.get("last-event-id")}` : `${path} ${await request.text()}`,
      );
      if (path === "/v1/alive") return Response.json({ nowMs: Date.now() });
      if (path === "/v1/refresh") return Response.json({ seq: 0 });
      if (path === "/v1/command") return Response.json({ results: [{ ok: true }] });
      const stream = streams[Math.min(connections++, streams.length - 1)] ?? "";
      if (stream instanceof Response) return stream.clone();
      const isLast = connections >= streams.length;
      return new Response(
        new ReadableStream({
          start(controller) {
            send = (text) => controller.enqueue(text);
            controller.enqueue(stream);
            if (!isLast) controller.close();
          },
        }),
        { headers: { "content-type": "text/event-stream" } },
      );
    },
  });
  const fleet = createFleet({ nowMs: Date.now, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "lid001:9002", host: "lid001", linkKind: "agent" }]);
  const changes: FleetChange[] = [];
  fleet.subscribe((change) => changes.push(change));
  const written: [string, number][] = [];
  const history = {
    append: (_: string, epoch: string, entries: readonly JournalEntry[]) =>
      void entries.forEach((e) => void written.push([epoch, e.seq])),
    cursor: () => {
      const last = written.at(-1);
      return last === undefined ? (options.cursor ?? null) : { epoch: last[0], seq: last[1] };
    },
    lastKnownMs: () => null,
  };
  const log: string[] = [];
  const link = createAgentLink({
    name: "lid001",
    http: createAgentHttp(
      { hostname: "127.0.0.1", port: server.port ?? 0 },
      { token: options.token ?? null, tls: null },
    ),
    report: fleet.report("lid001"),
    history,
    log: createLogger("DEBUG", (line) => log.push(line)),
    nowMs: Date.now,
    onFailure: (failure) => failures.push(failure),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  const controller = new AbortController();
  const running = link.run(controller.signal);
  toEnd.push(async () => {
    controller.abort();
    await server.stop(true);
    await running;
  });
  const become = (isTrue: () => boolean) => until((l) => fleet.subscribe(l), isTrue, AbortSignal.timeout(4_000));
  const supervisor = () => fleet.supervisors().get("lid001");
  const states = () => changes.flatMap((c) => (c.kind === "transition" ? [c.transition.toState] : []));
  const reason = () => {
    const state = supervisor()?.link;
    return state?.status === "down" ? state.reason : "";
  };
  return {
    send: (text: string) => send(text),
    link,
    fleet,
    written,
    asked,
    failures,
    log,
    become,
    supervisor,
    states,
    reason,
  };
}

describe("what the agent says of its door", () => {
  const greeting = (more: object) => frame("hello", hello(more)) + frame("snapshot", snapshot(0));
  test.each([
    [{ asksToken: false }, "none"],
    [{ asksToken: true }, "token"],
  ])("%j is known as secured by %s", async (more, secured) => {
    const l = linkTo([greeting(more)], { token: "t" });
    expect(await l.become(() => l.supervisor()?.secured === secured)).toBe(true);
  });
  test("what it does not allow is refused without asking it, the rest is asked", async () => {
    const l = linkTo([greeting({ allow: ["read", "supervisor", "of a newer agent"] })]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
    expect(l.supervisor()?.allows).toEqual(["read", "supervisor"]);
    expect(await l.link.command([{ method: "stopProcess", namespec: "a:b" }])).toMatchObject([{ code: "FORBIDDEN" }]);
    expect(l.asked.filter((path) => path.startsWith("/v1/command"))).toEqual([]);
    expect(await l.link.command([{ method: "reread" }])).toEqual([{ ok: true }]);
  });
  test("logs that it does not allow are not read", async () => {
    const l = linkTo([greeting({ allow: ["read"] })]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
    const of = { kind: "process", namespec: "a:b", channel: "stdout" } as const;
    const reading = async () => l.link.logs?.()?.whole(of, new Headers(), AbortSignal.timeout(1_000));
    await expect(reading()).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(l.asked.filter((path) => path.includes("log"))).toEqual([]);
  });
  test("an older agent says nothing and allows everything", async () => {
    const l = linkTo([greeting({})], { token: "t" });
    expect(await l.become(() => l.supervisor()?.secured === "token")).toBe(true);
    expect(l.supervisor()?.allows).toEqual(["read", "logs", "process", "supervisor"]);
  });
});

describe("the link to an agent", () => {
  test("shows the snapshot, then what happens after it", async () => {
    const l = linkTo([frame("hello", hello()) + frame("snapshot", snapshot(7)) + entry(8, "EXITED")]);
    expect(await l.become(() => l.states().includes("EXITED"))).toBe(true);
    expect(l.supervisor()).toMatchObject({ link: { status: "live" }, agentVersion: "7.0.0" });
    expect(l.written).toEqual([["e1", 8]]);
  });
  test("entries older than the snapshot fill the history and do not touch what is shown", async () => {
    const past = [entry(1, "EXITED"), entry(2, "STARTING"), entry(3, "RUNNING")].join("");
    const l = linkTo([frame("hello", hello()) + frame("snapshot", snapshot(3)) + past + entry(4, "STOPPING")]);
    expect(await l.become(() => l.states().includes("STOPPING"))).toBe(true);
    expect(l.states()).toEqual(["STOPPING"]);
    expect(l.written.map(([, seq]) => seq)).toEqual([1, 2, 3, 4]);
  });
  test("after a short absence every state in between is seen, once, before the new snapshot", async () => {
    const first = frame("hello", hello()) + frame("snapshot", snapshot(1)) + entry(2, "EXITED");
    const missed = entry(3, "STARTING", { fromState: "EXITED" }) + entry(4, "RUNNING", { fromState: "STARTING" });
    const l = linkTo([first, frame("hello", hello()) + frame("snapshot", snapshot(4)) + missed]);
    expect(await l.become(() => l.states().length === 3)).toBe(true);
    expect(l.states()).toEqual(["EXITED", "STARTING", "RUNNING"]);
    expect(l.asked.filter((path) => path.startsWith("stream"))).toEqual(["stream null", "stream e1:2"]);
  });
  test("asks anew when an event contradicts what was known", async () => {
    const l = linkTo([
      frame("hello", hello()) + frame("snapshot", snapshot(1)) + entry(2, "RUNNING", { fromState: "STARTING" }),
    ]);
    await l.become(() => l.states().length === 1);
    expect(await pollFor(() => l.asked.includes("/v1/refresh {}"))).toBe(true);
  });
  test("asks for what follows the last entry that the history has", async () => {
    const l = linkTo([frame("hello", hello()) + frame("snapshot", snapshot(9))], { cursor: { epoch: "e1", seq: 9 } });
    await l.become(() => l.supervisor()?.link.status === "live");
    expect(l.asked[0]).toBe("stream e1:9");
  });
  test("refuses commands at once while the host is down, with the reason", async () => {
    const l = linkTo([new Response("no", { status: 500 })]);
    await l.become(() => l.reason() !== "");
    expect(l.link.command([{ method: "reread" }])).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
    expect(l.asked.some((path) => path.startsWith("/v1/command"))).toBe(false);
  });
  test.each([
    ["an agent of another protocol", frame("hello", hello({ protocol: 9 })), "speaks protocol 9"],
    [
      "an agent that sends what is not in the contract",
      frame("hello", hello()) + frame("snapshot", { seq: "x" }),
      "Cannot read the agent's snapshot: at /",
    ],
    ["a peer that sends no JSON", "event: hello\ndata: {\n\n", "not JSON"],
    ["a peer that does not greet", frame("snapshot", snapshot(1)), "instead of hello"],
    [
      "a web server that is something else",
      new Response("<html>", { status: 404 }),
      "not an agent of multivisor 7: it answered HTTP 404",
    ],
    ["an agent that wants another token", new Response("{}", { status: 401 }), "set token or token_file"],
  ])("%s is down, and why is said in words", async (_, stream, reason) => {
    const l = linkTo([stream]);
    expect(await l.become(() => l.reason().includes(reason))).toBe(true);
  });
  test("the reason of a host that stays down is logged once, not at every attempt", async () => {
    const l = linkTo([new Response("no", { status: 500 })]);
    await pollFor(() => l.asked.length >= 3);
    expect(l.log.filter((line) => line.includes("down:"))).toHaveLength(1);
  });
  test.each([
    [
      "an entry got lost on its way",
      entry(2, "EXITED") + entry(4, "RUNNING", { fromState: "STARTING" }),
      "what is between",
    ],
    [
      "bytes were damaged on their way",
      new Uint8Array([...Buffer.from("event: entry\nda"), 0xff, 0xfe, 10, 10]),
      "damaged",
    ],
  ])("where %s, it is asked for again, and nothing is passed over", async (_, damaged, reason) => {
    const begin = Buffer.from(frame("hello", hello()) + frame("snapshot", snapshot(1)));
    const again = frame("hello", hello()) + entry(3, "STARTING", { fromState: "EXITED" });
    const l = linkTo([Buffer.concat([begin, Buffer.from(damaged)]), again], { cursor: { epoch: "e1", seq: 1 } });
    expect(await pollFor(() => l.written.some(([, seq]) => seq === 3))).toBe(true);
    expect(l.written.map(([, seq]) => seq)).not.toContain(4);
    expect(l.log.join("")).toContain(reason);
  });
  test("what the agent learns of processes without an event is shown, and what went wrong later is handed on", async () => {
    const begin = frame("hello", hello()) + frame("snapshot", snapshot(1));
    const refined = frame("processes", { processes: [processInfo({ description: "refined" })] });
    const [cpu, rssBytes] = [[12.5], [4_096]];
    const used = { atMs: 1, names: ["PLC:wcid00a"], cpu, rssBytes, processes: [2], files: [null] };
    const failure = { command: "s1.1", namespec: "PLC:wcid00a", code: "NO_FILE", message: "no such file" };
    const l = linkTo([begin + refined + frame("resources", used) + frame("failure", failure)]);
    expect(await pollFor(() => l.failures.length > 0)).toBe(true);
    expect(l.failures).toEqual([failure]);
    expect(l.fleet.process("lid001:PLC:wcid00a")).toMatchObject({ description: "refined" });
  });
  test("a refresh is done when what the agent saw after it is shown", async () => {
    const l = linkTo([frame("hello", hello()) + frame("snapshot", snapshot(0))]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
    const refreshed = l.link.refresh(AbortSignal.timeout(4_000));
    expect(await pollFor(() => l.asked.includes("/v1/refresh {}"))).toBe(true);
    l.send(frame("snapshot", snapshot(0, { state: "FATAL" })));
    await refreshed;
    expect(l.fleet.process("lid001:PLC:wcid00a")?.state).toBe("FATAL");
  });
  test("an answer with fewer results than calls is no answer", async () => {
    const l = linkTo([frame("hello", hello()) + frame("snapshot", snapshot(0))]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
    const two = l.link.command([{ method: "reread" }, { method: "avail" }]);
    await expect(two).rejects.toMatchObject({ code: "BAD_WIRE", message: "lid001 answered 1 of 2 calls" });
  });
  test("an agent that falls silent is told that we are there, and is down when it has missed two heartbeats", async () => {
    const begin = frame("hello", hello()) + frame("snapshot", snapshot(1));
    const l = linkTo([begin], { heartbeatMs: 200 });
    expect(await l.become(() => l.reason() !== "")).toBe(true);
    expect(l.reason()).toBe("no sign of life for 0.5 s");
    expect(await pollFor(() => l.asked.includes('/v1/alive {"stream":"s1"}'))).toBe(true);
  });
  test("a kind of message that a newer agent may send is passed over", async () => {
    const l = linkTo([frame("hello", hello()) + frame("weather", { sun: true }) + frame("snapshot", snapshot(1))]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
  });
});

/** For what no change of the fleet announces. */
async function pollFor(isTrue: () => boolean): Promise<boolean> {
  const deadline = AbortSignal.timeout(4_000);
  while (!isTrue() && !deadline.aborted) await new Promise((resolve) => setImmediate(resolve));
  return isTrue();
}
