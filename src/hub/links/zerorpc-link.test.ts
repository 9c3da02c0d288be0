import { afterAll, afterEach, describe, expect, test } from "bun:test";
import { type LinkBench, openLinkBench } from "../../../test/support/link-bench.ts";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { startZerorpcPeer, type ZerorpcPeer } from "../../../test/support/zerorpc-peer.ts";

const place = openTestPlace();
afterAll(() => place.close());

const KINDS = ["rpcinterface", "eventlistener"] as const;
let open: { bench: LinkBench; peer: ZerorpcPeer }[] = [];

afterEach(async () => {
  for (const { bench, peer } of open) {
    await bench.close();
    await peer.kill();
    expect(peer.problems()).toEqual([]);
  }
  open = [];
});

async function oldAgent(kind: (typeof KINDS)[number] = "rpcinterface") {
  const peer = await startZerorpcPeer(place, kind);
  const bench = openLinkBench(place, { old: `url=zerorpc://127.0.0.1:${peer.port}` });
  open.push({ bench, peer });
  await bench.live("old");
  const become = (uid: string, state: string) =>
    waitFor(
      () => `${uid} to be ${state}, seen: ${bench.states(uid)}`,
      () => bench.process(uid)?.state === state,
    );
  return { peer, bench, become };
}

describe.each([...KINDS])("an agent of Multivisor 6 as %s", (kind) => {
  test("is live with supervisord's version and all its processes, and every action has its outcome", async () => {
    const { bench } = await oldAgent(kind);
    expect(bench.supervisor("old")).toMatchObject({ linkKind: "zerorpc", agentVersion: null, clockOffsetMs: 0 });
    expect(bench.supervisor("old")?.facts).toMatchObject({ identification: "old", supervisorVersion: "4.2.5" });
    expect(bench.supervisor("old")?.processes.size).toBe(5);
    const { perform } = bench.hub.processActions;
    const uid = "old:web:web";
    expect(await perform("stop", [uid])).toEqual([{ uid, ok: true, state: "STOPPED" }]);
    expect(await perform("start", [uid])).toEqual([{ uid, ok: true, state: "RUNNING" }]);
    expect(await perform("restart", [uid])).toEqual([{ uid, ok: true, state: "RUNNING" }]);
    const once = ["STOPPING", "STOPPED", "STARTING", "RUNNING"];
    expect(bench.states(uid)).toEqual([...once, ...once]);
    expect(bench.history("old").filter((item) => item.uid === uid && !item.sampled)).toHaveLength(8);
  }, 60_000);
  test("its refusals bear supervisord's names, and the reason", async () => {
    const { bench } = await oldAgent(kind);
    const { perform } = bench.hub.processActions;
    expect(await perform("start", ["old:web:web"])).toMatchObject([{ ok: false, code: "ALREADY_STARTED" }]);
    expect(await perform("stop", ["old:web:api"])).toMatchObject([{ ok: false, code: "NOT_RUNNING" }]);
    const [missing] = await perform("start", ["old:missing:missing"]);
    expect(missing).toMatchObject({ ok: false, code: "NO_FILE" });
    expect(missing?.message).toBe(
      `Cannot start missing:missing: no such file: can't find command '/bin/no-such "program"'`,
    );
  }, 60_000);
  test("update takes the old group away and starts the new one, announced or not", async () => {
    const { bench } = await oldAgent(kind);
    const reread = { added: ["fresh"], changed: [], removed: ["old"] };
    expect(await bench.hub.supervisorActions.perform("update", ["old"])).toMatchObject([{ ok: true, reread }]);
    await waitFor("the groups to change", () => !bench.process("old:old:old") && bench.process("old:fresh:fresh"));
    await waitFor("the new one to run", () => bench.process("old:fresh:fresh")?.state === "RUNNING");
  }, 60_000);
});

describe("what an agent of Multivisor 6 announces", () => {
  test("every state is seen once, in order, where the details sent with an event are newer than the event", async () => {
    const { peer, bench, become } = await oldAgent("eventlistener");
    await peer.tell({ do: "late", seconds: 0.3 });
    await peer.tell({ do: "exit", name: "web:web", restart: true });
    await become("old:web:web", "RUNNING");
    await waitFor("all of it", () => bench.states("old:web:web").length >= 3);
    expect(bench.states("old:web:web")).toEqual(["EXITED", "STARTING", "RUNNING"]);
    const told = bench
      .history("old")
      .filter((item) => item.uid === "old:web:web")
      .slice(1);
    expect(told).toMatchObject([
      { from_state: "RUNNING", to_state: "EXITED", expected: false, sampled: false },
      { from_state: "EXITED", to_state: "STARTING", tries: 0 },
      { from_state: "STARTING", to_state: "RUNNING" },
    ]);
  }, 60_000);
  test("20,000 events under credit arrive, all, once and in order", async () => {
    const { peer, bench } = await oldAgent();
    const uid = "old:web:api";
    await peer.tell({ do: "burst", runs: 5_000 });
    await waitFor("all events", () => bench.states(uid).length >= 20_000);
    const states = bench.states(uid);
    expect(states).toHaveLength(20_000);
    const cycle = ["STARTING", "RUNNING", "STOPPING", "STOPPED"];
    expect(states.findIndex((state, i) => state !== cycle[i % 4])).toBe(-1);
  }, 60_000);
  test("a listener's own process is known as the agent, so that no pattern stops it", async () => {
    const { peer, bench } = await oldAgent("eventlistener");
    await peer.tell({ do: "exit", name: "web:web", restart: true });
    await waitFor("it to be known", () => bench.process("old:multivisor-rpc:multivisor-rpc")?.isAgent);
    const results = await bench.hub.processActions.perform("stop", ["old:multivisor*:*"]);
    expect(results).toMatchObject([{ ok: false, code: "AGENT_PROTECTED" }]);
  }, 60_000);
  test("a change that no event told of is found by looking, and marked as such", async () => {
    const { peer, bench, become } = await oldAgent();
    await peer.tell({ do: "silently", name: "web:web", state: "FATAL", pid: 0 });
    await bench.hub.refresh.one("old");
    await become("old:web:web", "FATAL");
    expect(bench.states("old:web:web")).toEqual(["FATAL"]);
    const last = bench.history("old").findLast((item) => item.uid === "old:web:web");
    expect(last).toMatchObject({ from_state: "RUNNING", to_state: "FATAL", sampled: true });
  }, 60_000);
  test("events that cannot be read are passed over", async () => {
    const { peer, bench, become } = await oldAgent();
    for (const payload of [null, "text", { processname: "web" }, { processname: "a", groupname: "b", process: [] }])
      await peer.tell({ do: "garbage", payload });
    await peer.tell({ do: "exit", name: "web:web" });
    await become("old:web:web", "EXITED");
    expect(bench.supervisor("old")?.link.status).toBe("live");
  }, 60_000);
});

test("a log is read and followed through an agent of Multivisor 6", async () => {
  const { peer, bench } = await oldAgent();
  const logs = bench.hub.logs("old");
  if (logs === undefined) throw new Error("no logs");
  const of = { kind: "process", namespec: "web:web", channel: "stdout" } as const;
  const ended = new AbortController();
  const frames = await logs.follow(of, { backBytes: 1_024, from: null }, ended.signal);
  let text = "";
  const reading = (async () => {
    for await (const frame of frames) if (frame.kind === "data") text += new TextDecoder().decode(frame.data);
  })();
  await waitFor("what was there", () => text === "first line\n");
  await peer.tell({ do: "write", name: "web:web", text: "second line\n" });
  await waitFor("what was written", () => text === "first line\nsecond line\n");
  ended.abort();
  await reading.catch(() => {});
}, 60_000);

describe("an agent of Multivisor 6 that is slow or gone", () => {
  test("a slow answer to one call holds up no other", async () => {
    const { peer, bench } = await oldAgent();
    await peer.tell({ do: "slow", method: "signalProcess", seconds: 3 });
    await peer.tell({ do: "stopsecs", name: "web:web", seconds: 2 });
    const slow = bench.hub.processActions.signal(["old:web:api"], "HUP");
    const stopping = bench.hub.processActions.perform("stop", ["old:web:web"]);
    const [started] = await bench.hub.processActions.perform("start", ["old:web:api"]);
    expect(started).toMatchObject({ ok: true, state: "RUNNING" });
    expect(bench.process("old:web:web")?.state).toBe("STOPPING");
    expect(await stopping).toMatchObject([{ ok: true, state: "STOPPED" }]);
    expect(await slow).toMatchObject([{ ok: true }]);
  }, 60_000);
  test("one that ends its stream of events is down for that reason, and asked for a new one", async () => {
    const { peer, bench, become } = await oldAgent();
    await peer.tell({ do: "unsubscribe" });
    await waitFor("it to be down", () => bench.log().includes("old: down: the agent ended its event stream"));
    await bench.live("old");
    await peer.tell({ do: "exit", name: "web:web" });
    await become("old:web:web", "EXITED");
  }, 60_000);
  test("what it announces before it has told of its processes is seen after that", async () => {
    const { peer, bench, become } = await oldAgent();
    await peer.tell({ do: "slow", method: "getAllProcessInfo", seconds: 1 });
    await peer.tell({ do: "unsubscribe" });
    await waitFor("it to ask again", async () =>
      (await peer.tell({ do: "late", seconds: 0 })).open?.includes("event_stream"),
    );
    await peer.tell({ do: "exit", name: "web:web" });
    await become("old:web:web", "EXITED");
    await bench.live("old");
    const last = bench.history("old").findLast((item) => item.uid === "old:web:web");
    expect(last).toMatchObject({ to_state: "EXITED" });
  }, 60_000);
  test("one that was killed is down at once, and live again soon after it is back, with a gap in between", async () => {
    const { peer, bench, become } = await oldAgent();
    await peer.tell({ do: "stopping" });
    await waitFor("it to be stopping", () => bench.supervisor("old")?.facts?.state === "STOPPING");
    await peer.kill();
    await waitFor("it to be down", () => bench.reason("old") !== "", 20_000);
    const [refused] = await bench.hub.processActions.perform("start", ["old:web:api"]);
    expect(refused).toMatchObject({ ok: false, code: "HOST_UNREACHABLE" });
    await peer.start();
    await bench.live("old");
    await become("old:web:web", "RUNNING");
    expect(bench.supervisor("old")?.facts?.state).toBe("RUNNING");
    const gaps = bench.history("old").filter(({ kind }) => kind === "gap");
    expect(gaps).toMatchObject([{ reason: "supervisord_not_running" }]);
    await peer.tell({ do: "exit", name: "web:web" });
    await become("old:web:web", "EXITED");
  }, 60_000);
  test("one that loses its heartbeats is down within 15 s, and says so; ours keep a long call alive", async () => {
    const { peer, bench } = await oldAgent();
    await peer.tell({ do: "slow", method: "signalProcess", seconds: 6 });
    expect(await bench.hub.processActions.signal(["old:web:web"], "HUP")).toMatchObject([{ ok: true }]);
    expect(peer.lines().some((line) => line.lost !== undefined)).toBe(false);
    await peer.tell({ do: "mute", on: true });
    await waitFor("it to be down", () => bench.reason("old") !== "");
    expect(bench.reason("old")).toContain("no heartbeat for");
    await peer.tell({ do: "mute", on: false });
    await bench.live("old");
  }, 60_000);
});
