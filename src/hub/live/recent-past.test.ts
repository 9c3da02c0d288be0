import { expect, test } from "bun:test";
import { processInfo, supervisorFacts, transition } from "../../../test/fixtures.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { createFleet } from "../fleet.ts";
import type { FleetView } from "../fleet-view.ts";
import type { EnteredState } from "../store/recent-states.ts";
import { createRecentPast } from "./recent-past.ts";

const NOW = Date.UTC(2026, 10, 24, 12);
const UID = "lid001:web:a";

test("a host that comes after the hub has read the last day has its day all the same", async () => {
  let live: FleetProcess | null = null;
  const fleet = { process: () => live, supervisors: () => new Map(), subscribe: () => () => {} };
  const ended: EnteredState = { uid: UID, atMs: NOW - 60_000, state: "STOPPED", from: "RUNNING", expected: null };
  const past = createRecentPast({
    fleet: fleet as unknown as FleetView,
    states: (fromMs, toMs) => (fromMs <= ended.atMs && ended.atMs < toMs ? [ended] : []),
    pause: async () => {},
    now: () => NOW,
  });
  await past.load();
  live = { uid: UID, supervisor: "lid001" } as unknown as FleetProcess;
  expect(past.of(live).strip).toStartWith("u47");
  past.close();
});

/** A host that is live, and the last day of its process as it is told. */
function told(states: readonly EnteredState[] = []) {
  const clock = { ms: NOW };
  const now = () => clock.ms;
  const fleet = createFleet({ nowMs: now, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "lid001:9002", host: "lid001", linkKind: "agent" }]);
  const pause = async () => {};
  const within = (fromMs: number, toMs: number) => states.filter(({ atMs }) => fromMs <= atMs && atMs < toMs);
  const past = createRecentPast({ fleet, states: within, pause, now });
  const report = fleet.report("lid001");
  report.snapshot(supervisorFacts(), [processInfo()]);
  report.link({ status: "live", sinceMs: NOW });
  const of = () => past.of(fleet.process("lid001:PLC:wcid00a") as FleetProcess);
  return { clock, past, report, of };
}

test("what a host tells after somebody has looked, of a moment before, holds from then on", () => {
  const { clock, past, report, of } = told();
  clock.ms += 2_000_000;
  expect(of().strip).toEndWith("u1");
  report.transition(transition("FATAL", { atMs: clock.ms - 20 }));
  clock.ms += 3_600_000;
  expect(of().strip).toEndWith("d3");
  past.close();
});

test("what happens within one millisecond is counted as often as it happens, also where the history tells of it too", async () => {
  const uid = "lid001:PLC:wcid00a" as const;
  const kept = { uid, atMs: NOW - 5, state: "STARTING", from: "EXITED", expected: null } as const;
  const { past, report, of } = told([kept, kept]);
  for (const atMs of [NOW - 5, NOW - 5, NOW - 4]) {
    report.transition(transition("EXITED", { atMs, expected: false }));
    report.transition(transition("STARTING", { atMs, fromState: "EXITED" }));
  }
  expect(of()).toMatchObject({ restarts: 3, ends: 3 });
  await past.load();
  expect(of()).toMatchObject({ restarts: 3, ends: 3 });
  past.close();
});
