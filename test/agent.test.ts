import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Transition } from "../src/domain/journal-entry.ts";
import { type AgentStream, followAgent } from "./support/agent-stream.ts";
import { startSupervisord, type TestSupervisord } from "./support/supervisord.ts";
import { openTestPlace } from "./support/test-place.ts";
import { waitFor } from "./support/wait-for.ts";

const place = openTestPlace();
let host: TestSupervisord;
let agent: AgentStream;

const PROGRAMS = `
[program:steady]
command=sleep 10000
startsecs=0
stopsignal=KILL
[program:quick]
command=sleep 10000
process_name=q%(process_num)d
numprocs=5
autostart=false
startsecs=0
stopsignal=KILL
[program:stubborn]
command=/bin/sh -c 'trap "" TERM; while :; do sleep 0.1; done'
stopwaitsecs=4
startsecs=0
[program:nofile]
command=/does/not/exist
autostart=false
`;

beforeAll(async () => {
  host = await startSupervisord(place, { name: "agenthost", programs: PROGRAMS });
  agent = followAgent(place, host.agentPort);
  await agent.until("the agent's own RUNNING", () => statesOf("multivisor").at(-1) === "RUNNING");
}, 60_000);
afterAll(() => place.close(), 60_000);

const of = (name: string) => agent.transitions().filter((t) => t.name === name);
const statesOf = (name: string) => of(name).map((t) => t.toState);
const gaps = () => agent.entries.filter((entry) => entry.kind === "gap");
const agentPid = () => host.pidOf("multivisor:multivisor");

/** Each entry once, in order, without holes: what a hub relies on. */
const expectWholeJournal = () =>
  expect(agent.entries.map((entry) => entry.seq)).toEqual(agent.entries.map((_, i) => i + 1));

/** Announced transitions follow from each other. */
function expectChained(transitions: readonly Transition[]): void {
  for (const [i, t] of transitions.entries())
    if (i > 0 && !t.sampled)
      expect(`${t.name} from ${t.fromState}`).toBe(`${t.name} from ${transitions[i - 1]?.toState}`);
}

describe("an agent under a real supervisord", () => {
  test("a process that is killed is told at once, and what supervisord does about it", async () => {
    const before = of("steady").length;
    process.kill(await host.pidOf("steady:steady"), "SIGKILL");
    await agent.until("the steady one to be back", () => of("steady").length >= before + 3);
    expect(
      of("steady")
        .slice(before)
        .map((t) => [t.fromState, t.toState, t.expected]),
    ).toEqual([
      ["RUNNING", "EXITED", false],
      ["EXITED", "STARTING", null],
      ["STARTING", "RUNNING", null],
    ]);
  });

  test("200 starts and stops at full speed lose nothing", async () => {
    const names = ["q0", "q1", "q2", "q3", "q4"];
    const before = agent.transitions().length;
    for (let round = 0; round < 40; round++) {
      await agent.call(...names.map((name) => ({ method: "startProcess" as const, namespec: `quick:${name}` })));
      await agent.call(...names.map((name) => ({ method: "stopProcess" as const, namespec: `quick:${name}` })));
      await agent.until("all to be stopped", () => names.every((name) => statesOf(name).at(-1) === "STOPPED"));
    }
    expect(agent.transitions().length - before).toBe(40 * 5 * 4);
    for (const name of names) expectChained(of(name));
    expect(gaps()).toEqual([]);
    expectWholeJournal();
  }, 60_000);

  test("one that takes long to stop makes nothing else wait, and its restart waits for it", async () => {
    const before = of("stubborn").length;
    expect(await agent.call({ method: "restartProcess", namespec: "stubborn:stubborn" })).toEqual([{ ok: true }]);
    await agent.call({ method: "restartProcess", namespec: "steady:steady" });
    await agent.until(
      "the steady one to run again",
      () => statesOf("steady").slice(-4).join() === "STOPPING,STOPPED,STARTING,RUNNING",
    );
    expect(statesOf("stubborn").slice(before)).toEqual(["STOPPING"]);
    await agent.until(
      "the stubborn one to run again",
      () => statesOf("stubborn").slice(before).join() === "STOPPING,STOPPED,STARTING,RUNNING",
    );
  }, 60_000);

  test("a group is restarted as a whole, each when it has stopped", async () => {
    const names = ["q0", "q1", "q2", "q3", "q4"];
    await agent.call(
      { method: "startProcess", namespec: "quick:q0" },
      { method: "startProcess", namespec: "quick:q1" },
    );
    await agent.until("two to run", () => statesOf("q1").at(-1) === "RUNNING");
    expect(await agent.call({ method: "restartProcess", namespec: "quick:*" })).toMatchObject([
      {
        ok: true,
        processes: [
          { namespec: "quick:q0", ok: true },
          { namespec: "quick:q1", ok: true },
        ],
      },
    ]);
    await agent.until("all to run", () => names.every((name) => statesOf(name).at(-1) === "RUNNING"));
    expect(statesOf("q0").slice(-3)).toEqual(["STOPPED", "STARTING", "RUNNING"]);
    await agent.call({ method: "stopProcess", namespec: "quick:*" });
    await agent.until("all to be stopped", () => names.every((name) => statesOf(name).at(-1) === "STOPPED"));
  });

  test("what cannot be started says why: at once, and in the journal", async () => {
    const results = await agent.call(
      { method: "startProcess", namespec: "nofile:nofile" },
      { method: "stopProcess", namespec: "quick:q0" },
      { method: "startProcess", namespec: "steady:steady" },
      { method: "signalProcess", namespec: "steady:steady", signal: "NOPE" },
      { method: "stopProcess", namespec: "no:such" },
    );
    expect(results.map((result) => (result.ok ? "ok" : result.code))).toEqual([
      "NO_FILE",
      "NOT_RUNNING",
      "ALREADY_STARTED",
      "BAD_SIGNAL",
      "BAD_NAME",
    ]);
    await agent.call({ method: "restartProcess", namespec: "nofile:nofile" });
    await agent.until("the failure", () =>
      agent.failures.find(({ namespec, code }) => namespec === "nofile:nofile" && code === "NO_FILE"),
    );
  });

  test("a snapshot is exact while processes come and go", async () => {
    const churn = new AbortController();
    const busy = (async () => {
      for (let i = 0; !churn.signal.aborted; i++) {
        const namespec = `quick:q${i % 5}`;
        await agent.call({ method: i % 2 === 0 ? "startProcess" : "stopProcess", namespec });
      }
    })();
    const taken = [];
    for (let i = 0; i < 20; i++) taken.push(await agent.refresh());
    churn.abort();
    await busy;
    for (const snapshot of taken) {
      await agent.until("its entries", () => (agent.entries.at(-1)?.seq ?? 0) >= snapshot.seq);
      for (const { name, state } of snapshot.processes) {
        const last = agent.transitions().findLast((t) => t.name === name && t.seq <= snapshot.seq);
        expect(`${name} ${state} at ${snapshot.seq}`).toBe(`${name} ${last?.toState} at ${snapshot.seq}`);
      }
    }
    expect(agent.transitions().filter((t) => t.sampled && t.fromState !== null)).toEqual([]);
  }, 60_000);

  test("an agent that is killed goes on in the same journal; what happened meanwhile comes late, its absence is a gap", async () => {
    const pid = await agentPid();
    process.kill(pid, "SIGKILL");
    await host.rpc("supervisor.stopProcess", "steady:steady");
    await host.rpc("supervisor.startProcess", "steady:steady");
    await agent.until("the agent to be back", () => statesOf("multivisor").at(-1) === "RUNNING" && gaps().length > 0);
    expect(gaps().map(({ reason, lost }) => [reason, lost])).toEqual([["agent_not_running", 0]]);
    await agent.until(
      "the steady one",
      () => statesOf("steady").slice(-4).join() === "STOPPING,STOPPED,STARTING,RUNNING",
    );
    // supervisord may have done what it was asked before it saw that its listener had died.
    await agent.until("its own end", () => statesOf("multivisor").slice(-3).join() === "EXITED,STARTING,RUNNING");
    expect(agent.epochs.size).toBe(1);
    expectWholeJournal();
  }, 60_000);

  test("supervisord restarts: same process, new count, one gap, nothing lost", async () => {
    const before = agent.entries.length;
    await agent.call({ method: "stopProcess", namespec: "stubborn:stubborn" }, { method: "restart" });
    const rest = () => agent.entries.slice(before);
    await agent.until("supervisord to be back", () =>
      rest().some((e) => e.kind === "supervisor" && e.state === "RUNNING"),
    );
    await agent.until("the steady one", () => statesOf("steady").at(-1) === "RUNNING");
    const gap = rest().findIndex((e) => e.kind === "gap");
    expect(rest()[gap]).toMatchObject({ reason: "supervisord_not_running", lost: 0 });
    const steady = rest().flatMap((e) => (e.kind === "transition" && e.name === "steady" && !e.sampled ? [e] : []));
    expect(steady.map((t) => t.toState)).toEqual(["STOPPING", "STOPPED", "STARTING", "RUNNING"]);
    expect(steady.map((t) => t.seq > (rest()[gap]?.seq ?? 0))).toEqual([false, false, true, true]);
    expect(await waitFor("supervisord", () => host.rpc("supervisor.getPID"))).toBe(host.pid());
    expect(agent.epochs.size).toBe(1);
    expectWholeJournal();
  }, 60_000);

  test("update adds, changes and removes groups as supervisorctl does", async () => {
    const more = "[program:fresh]\ncommand=sleep 1000\nstartsecs=0\nstopsignal=KILL\n";
    host.rewrite(PROGRAMS + more);
    expect(await agent.call({ method: "reread" })).toEqual([
      { ok: true, reread: { added: ["fresh"], changed: [], removed: [] } },
    ]);
    expect(await agent.call({ method: "update", groups: ["nothing"] })).toMatchObject([
      { ok: false, code: "BAD_NAME" },
    ]);
    await agent.call({ method: "update", groups: [] });
    await agent.until("fresh to run", () => statesOf("fresh").at(-1) === "RUNNING");
    host.rewrite(PROGRAMS + more.replace("1000", "2000"));
    await agent.call({ method: "update", groups: [] });
    await agent.until(
      "fresh to be another",
      () => statesOf("fresh").slice(-4).join() === "STOPPING,STOPPED,STARTING,RUNNING",
    );
    host.rewrite(PROGRAMS);
    await agent.call({ method: "update", groups: ["fresh"] });
    await agent.until("fresh to be removed", () =>
      agent.entries.some(
        (e) =>
          e.kind === "group" && e.group === "fresh" && e.change === "REMOVED" && e.seq > (of("fresh").at(-1)?.seq ?? 0),
      ),
    );
    await agent.until(
      "a snapshot without it",
      () => !agent.snapshots.at(-1)?.processes.some((p) => p.name === "fresh"),
    );
    expectWholeJournal();
  }, 60_000);

  test("an agent that is asked to restart itself answers first and comes back", async () => {
    const pid = await agentPid();
    const before = of("multivisor").length;
    expect(await agent.call({ method: "restartProcess", namespec: "multivisor:multivisor" })).toEqual([{ ok: true }]);
    await agent.until("another agent", async () => {
      const now = await agentPid();
      return now !== 0 && now !== pid;
    });
    await agent.until("its RUNNING", () => statesOf("multivisor").slice(before).join() === "EXITED,STARTING,RUNNING");
    expectWholeJournal();
  }, 60_000);
});
