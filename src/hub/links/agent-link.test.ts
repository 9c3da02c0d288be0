import { describe, expect, test } from "bun:test";
import { processInfo } from "../../../test/fixtures.ts";
import { entry, frame, hello, linkedAgents, pollFor, snapshot } from "../../../test/support/linked-agent.ts";

const linkTo = linkedAgents();

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
  test("a heartbeat of ours that is refused is logged, and ends nothing", async () => {
    const begin = frame("hello", hello()) + frame("snapshot", snapshot(1));
    const l = linkTo([begin], { heartbeatMs: 500, alive: new Response("no", { status: 500 }) });
    expect(await pollFor(() => l.log.join("").includes("lid001: heartbeat: "))).toBe(true);
    expect(l.supervisor()?.link.status).toBe("live");
  });
  test("a kind of message that a newer agent may send is passed over", async () => {
    const l = linkTo([frame("hello", hello()) + frame("weather", { sun: true }) + frame("snapshot", snapshot(1))]);
    expect(await l.become(() => l.supervisor()?.link.status === "live")).toBe(true);
  });
});
