import { describe, expect, test } from "bun:test";
import { processInfo, supervisorFacts, transition } from "../../test/fixtures.ts";
import { createFleet } from "./fleet.ts";
import type { FleetChange } from "./fleet-change.ts";

const member = { name: "lid001", url: "lid001:9002", host: "lid001", linkKind: "agent" } as const;

function fleetWith(hidesAgents = false) {
  const fleet = createFleet({ nowMs: () => 5_000, hidesAgents: () => hidesAgents });
  fleet.configure([member]);
  const report = fleet.report("lid001");
  report.agent("7.0.0", "multivisor:multivisor");
  const changes: FleetChange[] = [];
  fleet.subscribe((change) => changes.push(change));
  return { fleet, report, changes, kinds: () => changes.map((change) => change.kind) };
}

describe("the fleet", () => {
  test("shows what the snapshot says, and nothing of what it no longer has", () => {
    const { fleet, report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo(), processInfo({ name: "wcid00b" })]);
    report.snapshot(supervisorFacts(), [processInfo({ name: "wcid00b" })]);
    expect([...(fleet.supervisors().get("lid001")?.processes.keys() ?? [])]).toEqual(["PLC:wcid00b"]);
  });
  test("knows of the last death that was told, whatever the clock of the host says", () => {
    const { fleet, report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    for (const [ofMs, exitCode] of [
      [9_000, 3],
      [1_000, 4],
    ] as const)
      report.detail({
        ...{ kind: "detail", seq: 1, atMs: 1, ofSeq: 1, ofMs, group: "PLC", name: "wcid00a", spawnerr: "" },
        evidence: { exitCode, signal: null, ranMs: 1, stderrTail: "", stdoutTail: "", rssBytes: null },
      });
    expect(fleet.process("lid001:PLC:wcid00a")?.death).toMatchObject({ atMs: 1_000, cause: "exit 4" });
  });
  test("tells of every state that a process passes through, in order, each with its notification", () => {
    const { report, changes } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    changes.length = 0;
    report.transition(transition("EXITED", { expected: false }));
    report.transition(transition("STARTING", { fromState: "EXITED" }));
    report.transition(transition("RUNNING", { fromState: "STARTING", pid: 5 }));
    const told = changes.map((c) =>
      c.kind === "transition" ? c.process.state : c.kind === "notification" ? c.notification.message : c.kind,
    );
    expect(told).toEqual([
      "EXITED",
      "wcid00a on lid001 changed from RUNNING to EXITED",
      "STARTING",
      "wcid00a on lid001 changed from EXITED to STARTING",
      "RUNNING",
      "wcid00a on lid001 changed from STARTING to RUNNING",
    ]);
  });
  test("says so when an event contradicts what it held", () => {
    const { report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    expect(report.transition(transition("RUNNING", { fromState: "STARTING" }))).toBe(false);
    expect(report.transition(transition("EXITED"))).toBe(true);
    expect(report.transition(transition("STARTING", { name: "never listed", fromState: "STOPPED" }))).toBe(false);
  });
  test("a snapshot that differs is told as a transition that nobody announced", () => {
    const { report, changes } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    changes.length = 0;
    report.snapshot(supervisorFacts(), [processInfo({ state: "FATAL" })]);
    expect(changes[0]).toMatchObject({
      kind: "transition",
      transition: { fromState: "RUNNING", toState: "FATAL", sampled: true },
    });
  });
  test("what arrives late about a process that has moved on is left out", () => {
    const { fleet, report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    report.transition(transition("EXITED"));
    report.refine([processInfo({ exitstatus: 9 })]);
    expect(fleet.process("lid001:PLC:wcid00a")).toMatchObject({ state: "EXITED", exitstatus: 0 });
  });
  test("keeps the processes of a host that is down, as last seen", () => {
    const { fleet, report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    report.link({ status: "down", sinceMs: 9, reason: "connection refused" });
    expect(fleet.supervisors().get("lid001")).toMatchObject({ link: { status: "down", reason: "connection refused" } });
    expect(fleet.process("lid001:PLC:wcid00a")?.state).toBe("RUNNING");
  });
  test("knows the agent's own process, and leaves it out where the configuration says so", () => {
    const agent = processInfo({ group: "multivisor", name: "multivisor" });
    const shown = fleetWith();
    shown.report.snapshot(supervisorFacts(), [agent]);
    expect(shown.fleet.process("lid001:multivisor:multivisor")?.isAgent).toBe(true);
    const hidden = fleetWith(true);
    hidden.report.snapshot(supervisorFacts(), [agent]);
    expect(hidden.fleet.process("lid001:multivisor:multivisor")).toBeNull();
  });
  test("a new configuration disturbs nobody who stays", () => {
    const { fleet, report, changes } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    changes.length = 0;
    fleet.configure([{ ...member, name: "lid002" }, member]);
    expect(changes).toMatchObject([{ kind: "supervisor", supervisor: { name: "lid002" } }]);
    expect([...fleet.supervisors().keys()]).toEqual(["lid002", "lid001"]);
    expect(fleet.process("lid001:PLC:wcid00a")?.state).toBe("RUNNING");
    fleet.configure([]);
    expect(changes.slice(1)).toEqual([
      { kind: "supervisor_removed", name: "lid002" },
      { kind: "supervisor_removed", name: "lid001" },
    ]);
    report.snapshot(supervisorFacts(), [processInfo()]);
    expect(fleet.process("lid001:PLC:wcid00a")).toBeNull();
  });
  test("equal versions mean equal fleets, and a notification changes nothing", () => {
    const { fleet, report } = fleetWith();
    report.snapshot(supervisorFacts(), [processInfo()]);
    const before = fleet.version();
    fleet.notify("Restarted lid001", "INFO");
    expect(fleet.version()).toBe(before);
    report.transition(transition("EXITED"));
    expect(fleet.version()).toBeGreaterThan(before);
  });
});
