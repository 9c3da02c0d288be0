import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type LinkBench, openLinkBench } from "../../../test/support/link-bench.ts";
import { startSupervisord } from "../../../test/support/supervisord.ts";
import { openTestPlace } from "../../../test/support/test-place.ts";
import { waitFor } from "../../../test/support/wait-for.ts";
import { makeCertificate, startFlakyProxy, startTlsTerminator } from "../../../test/support/xmlrpc-proxy.ts";
import { freePort } from "../../demo/free-port.ts";
import { createRpc } from "../../supervisord/rpc-client.ts";
import { createTlsOptions } from "../../supervisord/rpc-tls.ts";

const place = openTestPlace();
afterAll(() => place.close());

const PROGRAMS = `
[program:web]
command=/bin/sleep 1000
startsecs=1
stdout_logfile=NONE
stderr_logfile=NONE
[program:dies]
command=/bin/sh -c "trap 'sleep 0.5; exit 0' TERM; while :; do sleep 0.05; done"
startsecs=0
stopwaitsecs=2
stdout_logfile=NONE
stderr_logfile=NONE
[program:slow]
command=/bin/sh -c "trap 'sleep 2; exit 0' TERM; while :; do sleep 0.05; done"
startsecs=0
stopwaitsecs=90
stdout_logfile=NONE
stderr_logfile=NONE
[program:missing]
command=/bin/no-such-program
autostart=false
startretries=0
[program:wrong]
command=/bin/sh -c "sleep 0.3; exit 3"
autostart=false
autorestart=false
startsecs=0
stdout_logfile=NONE
stderr_logfile=NONE
`;

const inet = (port: number) => `[inet_http_server]\nport=127.0.0.1:${port}\nusername=user\npassword=pa%%ss@w:ord\n`;
const CREDENTIALS = "username=user\npassword=pa%%ss@w:ord";

async function supervisordOn(name: string, programs = PROGRAMS) {
  const port = await freePort();
  const options = { name, agent: false, multivisorCommand: () => [], programs: inet(port) + programs };
  return { port, host: await startSupervisord(place, options), sock: place.path(name, "s.sock") };
}

describe("a supervisord with nothing beside it", () => {
  let at: Awaited<ReturnType<typeof supervisordOn>>;
  let bench: LinkBench;
  beforeAll(async () => {
    at = await supervisordOn("bare");
    const certificate = await makeCertificate(place);
    const tls = await startTlsTerminator(place, certificate, at.port);
    bench = openLinkBench(place, {
      inet: `url=http://user:pa%%25ss%%40w:ord@127.0.0.1:${at.port}`,
      section: `url=http://127.0.0.1:${at.port}/RPC2\n${CREDENTIALS}`,
      sock: `url=unix://${at.sock}`,
      nobody: `url=http://127.0.0.1:${at.port}`,
      wrong: `url=http://127.0.0.1:${at.port}\nusername=user\npassword=other`,
      untrusted: `url=https://127.0.0.1:${tls.port}\n${CREDENTIALS}`,
      nosock: `url=unix://${place.path("nothing.sock")}`,
    });
    await bench.live("inet", "section", "sock");
  }, 60_000);

  test("is live over http with a user and password, and over its unix socket, with its version and processes", () => {
    for (const name of ["inet", "section", "sock"]) {
      expect(bench.supervisor(name)?.facts).toMatchObject({ supervisorVersion: "4.2.5", identification: "bare" });
      expect(bench.supervisor(name)).toMatchObject({ linkKind: "xmlrpc", agentVersion: null });
      expect(bench.process(`${name}:missing:missing`)?.state).toBe("STOPPED");
    }
  });
  test("a process that ended by itself a moment before, and is being started again, is restarted all the same", async () => {
    const uid = "sock:dies:dies";
    for (let round = 1; round <= 3; round++) {
      await waitFor("it to run", () => bench.process(uid)?.state === "RUNNING");
      process.kill(await at.host.pidOf("dies:dies"), "SIGKILL");
      await waitFor("supervisord to start it again", () => at.host.pidOf("dies:dies"));
      expect(await bench.hub.processActions.perform("restart", [uid])).toEqual([{ uid, ok: true, state: "RUNNING" }]);
    }
  }, 60_000);
  test.each([
    ["nobody", "asks for a user and password (set username and password)"],
    ["wrong", "asks for a user and password"],
    ["untrusted", "its certificate is not trusted"],
    ["nosock", "no supervisord behind"],
  ])("%s: what is in the way is said in words, without a password", async (name, reason) => {
    await waitFor("a reason", () => bench.reason(name) !== "");
    expect(bench.reason(name)).toContain(reason);
    expect(bench.log()).not.toContain("ss@w");
  });
  test("every action has its outcome, and its states are seen in order", async () => {
    const uid = "inet:web:web";
    await waitFor("web to run", () => bench.process(uid)?.state === "RUNNING");
    const seen = bench.states(uid).length;
    const perform = bench.hub.processActions.perform;
    expect(await perform("restart", [uid])).toEqual([{ uid, ok: true, state: "RUNNING" }]);
    expect(await perform("stop", [uid])).toEqual([{ uid, ok: true, state: "STOPPED" }]);
    expect(await perform("start", [uid])).toEqual([{ uid, ok: true, state: "RUNNING" }]);
    expect(bench.states(uid).slice(seen)).toEqual([
      "STOPPING",
      "STOPPED",
      "STARTING",
      "RUNNING",
      "STOPPING",
      "STOPPED",
      "STARTING",
      "RUNNING",
    ]);
    const [refused] = await perform("start", [uid]);
    expect(refused).toMatchObject({ ok: false, code: "ALREADY_STARTED" });
  }, 60_000);
  test("what others do to it is seen as well, a second later at most", async () => {
    const uid = "sock:web:web";
    await waitFor("web to run", () => bench.process(uid)?.state === "RUNNING");
    const pid = bench.process(uid)?.pid;
    const seen = bench.states(uid).length;
    process.kill(pid ?? 0, "SIGKILL");
    await waitFor(
      "another pid",
      () => (bench.process(uid)?.pid ?? pid) !== pid && bench.process(uid)?.state === "RUNNING",
    );
    expect(bench.states(uid).slice(seen)).toEqual(["EXITED", "STARTING", "RUNNING"]);
    const told = bench
      .history("sock")
      .filter((item) => item.uid === uid)
      .slice(-3);
    expect(told.map(({ to_state, sampled }) => [to_state, sampled])).toEqual([
      ["EXITED", true],
      ["STARTING", true],
      ["RUNNING", true],
    ]);
    expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort());
  }, 60_000);
  test("a stop that takes its time is shown as STOPPING, and nothing else waits for it", async () => {
    const stopping = bench.hub.processActions.perform("stop", ["inet:slow:slow"]);
    await waitFor("it to be STOPPING", () => bench.process("inet:slow:slow")?.state === "STOPPING");
    expect(bench.process("inet:slow:slow")?.sinceMs).not.toBeNull();
    expect(await bench.hub.processActions.signal(["inet:web:web"], "CONT")).toMatchObject([{ ok: true }]);
    expect(bench.process("inet:slow:slow")?.state).toBe("STOPPING");
    expect(await stopping).toMatchObject([{ ok: true, state: "STOPPED" }]);
  }, 60_000);
  test("a program that cannot be started is refused with the reason", async () => {
    const [result] = await bench.hub.processActions.perform("start", ["inet:missing:missing"]);
    expect(result).toMatchObject({ ok: false, code: "NO_FILE" });
  });
  test("an unexpected exit is told apart from an expected one", async () => {
    await bench.hub.processActions.perform("start", ["inet:wrong:wrong"]);
    await waitFor("it to exit", () => bench.process("inet:wrong:wrong")?.state === "EXITED");
    expect(bench.process("inet:wrong:wrong")).toMatchObject({ expected: false, exitstatus: 3 });
    const last = bench.history("inet").findLast((item) => item.uid === "inet:wrong:wrong");
    expect(last).toMatchObject({ to_state: "EXITED", expected: false, spawnerr: "Bad exit code 3" });
  }, 60_000);
  test("reread names what is new, update starts it, and takes away what is gone", async () => {
    at.host.rewrite(inet(at.port) + PROGRAMS.replace("[program:wrong]", "[program:added]"));
    const perform = bench.hub.supervisorActions.perform;
    expect(await perform("reread", ["inet"])).toMatchObject([
      { ok: true, reread: { added: ["added"], removed: ["wrong"] } },
    ]);
    expect(bench.process("inet:added:added")).toBeNull();
    expect(await perform("update", ["inet"])).toMatchObject([{ ok: true }]);
    await waitFor(
      "the groups to change",
      () => bench.process("inet:added:added") && !bench.process("inet:wrong:wrong"),
    );
  }, 60_000);
});

test("over https it trusts the authority that it is given, and no other certificate than the one that is pinned", async () => {
  const { port } = await supervisordOn("secure");
  const certificate = await makeCertificate(place);
  const terminator = await startTlsTerminator(place, certificate, port);
  const address = { hostname: "127.0.0.1", port: terminator.port };
  const rpc = (tls: object) =>
    createRpc({
      serverUrl: `https://127.0.0.1:${terminator.port}`,
      ...{ username: "user", password: "pa%ss@w:ord" },
      tlsOptions: createTlsOptions({ ca: certificate.cert, fingerprint: null, ...tls }, address, 5_000),
    });
  expect(await rpc({})("supervisor.getIdentification")).toBe("secure");
  expect(await rpc({ fingerprint: certificate.fingerprint.toLowerCase() })("supervisor.getIdentification")).toBe(
    "secure",
  );
  const { fingerprint } = certificate;
  expect(await rpc({ ca: null, fingerprint })("supervisor.getIdentification")).toBe("secure");
  for (const ca of [null, certificate.cert])
    expect(rpc({ ca, fingerprint: "AB".repeat(32) })("supervisor.getPID")).rejects.toThrow("not the pinned one");
  expect(rpc({ ca: null })("supervisor.getPID")).rejects.toMatchObject({ code: "HOST_UNREACHABLE" });
}, 60_000);

describe("what happens while nobody looks", () => {
  test("a hub that was stopped finds the difference when it is back, after a gap that covers its absence", async () => {
    const { sock, host } = await supervisordOn("unseen");
    const first = openLinkBench(place, { unseen: `url=unix://${sock}` }, "unseen.sqlite");
    await first.live("unseen");
    await waitFor("web to run", () => first.process("unseen:web:web")?.state === "RUNNING");
    await first.close();
    const goneMs = Date.now();
    await host.rpc("supervisor.stopProcess", "web:web");
    const backMs = Date.now();
    const second = openLinkBench(place, { unseen: `url=unix://${sock}` }, "unseen.sqlite");
    await second.live("unseen");
    const items = second.history("unseen");
    const gaps = items.filter(({ kind }) => kind === "gap");
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.reason).toBe("not_watched");
    expect(gaps[0]?.from).toBeLessThanOrEqual(goneMs);
    expect(gaps[0]?.from).toBeGreaterThan(goneMs - 10_000);
    expect(gaps[0]?.to).toBeGreaterThanOrEqual(backMs);
    const last = items.findLast((item) => item.uid === "unseen:web:web");
    expect(last).toMatchObject({ from_state: null, to_state: "STOPPED", sampled: true });
  }, 60_000);

  test("supervisord is restarted by us: it is seen to stop, the absence is a gap, and it is live again", async () => {
    const { sock } = await supervisordOn("reborn");
    const bench = openLinkBench(place, { reborn: `url=unix://${sock}` });
    await bench.live("reborn");
    const pid = bench.process("reborn:web:web")?.pid;
    const restarted = bench.hub.supervisorActions.perform("restart", ["reborn"]);
    await waitFor("it to be stopping or down", () => {
      const { link, facts } = bench.supervisor("reborn") ?? {};
      return link?.status === "down" || facts?.state === "STOPPING";
    });
    expect(await restarted).toMatchObject([{ ok: true }]);
    await waitFor("web to run anew", () => (bench.process("reborn:web:web")?.pid ?? pid) !== pid);
    await bench.live("reborn");
    expect(bench.supervisor("reborn")?.facts?.state).toBe("RUNNING");
    const gaps = bench.history("reborn").filter(({ kind }) => kind === "gap");
    expect(gaps.map(({ reason }) => reason)).toEqual(["supervisord_not_running"]);
  }, 60_000);

  test("supervisord is shut down: commands are refused at once, with the reason", async () => {
    const { sock } = await supervisordOn("ended");
    const bench = openLinkBench(place, { ended: `url=unix://${sock}` });
    await bench.live("ended");
    expect(await bench.hub.supervisorActions.perform("shutdown", ["ended"])).toMatchObject([{ ok: true }]);
    await waitFor("it to be down", () => bench.reason("ended") !== "");
    const [result] = await bench.hub.processActions.perform("start", ["ended:web:web"]);
    expect(result).toMatchObject({ ok: false, code: "HOST_UNREACHABLE" });
  }, 60_000);
});

describe("a supervisord that answers badly", () => {
  test("single answers that are an error, garbage or half of one change nothing", async () => {
    const { port } = await supervisordOn("flaky");
    const proxy = await startFlakyProxy(place, port);
    const bench = openLinkBench(place, { flaky: `url=http://127.0.0.1:${proxy.port}\n${CREDENTIALS}` });
    await bench.live("flaky");
    for (const bad of ["error", "garbage", "half"] as const) {
      const before = proxy.served();
      proxy.next(bad);
      await bench.hub.refresh.one("flaky").catch(() => {});
      await waitFor("good answers again", () => proxy.served() >= before + 2);
      expect(bench.supervisor("flaky")?.link.status).toBe("live");
    }
    expect(bench.history("flaky").filter(({ kind }) => kind === "gap")).toEqual([]);
  }, 60_000);

  test("one that answers badly again and again is down for a reason in words, and live as soon as it answers well", async () => {
    const { port } = await supervisordOn("broken");
    const proxy = await startFlakyProxy(place, port);
    const bench = openLinkBench(place, { broken: `url=http://127.0.0.1:${proxy.port}\n${CREDENTIALS}` });
    await bench.live("broken");
    proxy.always("error");
    await waitFor("it to be down", () => bench.reason("broken").includes("HTTP 500"));
    proxy.always("half");
    await waitFor("another reason", () => bench.reason("broken").includes("ends too early"));
    proxy.always(null);
    await bench.live("broken");
    expect(bench.history("broken").filter(({ kind }) => kind === "gap")).toMatchObject([{ reason: "not_watched" }]);
  }, 60_000);

  test("one that does not answer at all is never asked twice at a time, and is down after ten seconds", async () => {
    const { port } = await supervisordOn("silent");
    const proxy = await startFlakyProxy(place, port);
    const bench = openLinkBench(place, { silent: `url=http://127.0.0.1:${proxy.port}\n${CREDENTIALS}` });
    await bench.live("silent");
    proxy.always("silence");
    await waitFor("it to be down", () => bench.reason("silent") !== "", 20_000);
    expect(bench.reason("silent")).toBe("supervisord gives no answer");
    expect(proxy.mostAtOnce()).toBe(1);
  }, 60_000);
});
