import { expect, test } from "bun:test";
import type { Transition } from "../../domain/journal-entry.ts";
import type { ProcessUid } from "../../domain/names.ts";
import { fleetProcess } from "../../views/fleet-fixture.ts";
import { createFleet } from "../fleet.ts";
import { createCounters } from "./counters.ts";

const FACTS = { identification: "x", pid: 1, apiVersion: "3.0", supervisorVersion: "4.2.5", state: "RUNNING" } as const;
const UID = "lid001:PLC:a" as ProcessUid;
const MEMBER = { name: "lid001", url: "x", host: "x", linkKind: "agent" } as const;

function place() {
  const fleet = createFleet({ nowMs: () => 10_000, hidesAgents: () => false });
  fleet.configure([MEMBER]);
  const report = fleet.report("lid001");
  const counters = createCounters(fleet, () => 10_000);
  report.clock(1_000);
  report.link({ status: "live", sinceMs: 1 });
  report.snapshot(FACTS, [fleetProcess("lid001", "PLC", "a")]);
  const enter = (toState: Transition["toState"], expected: boolean | null = null) =>
    report.transition({
      kind: "transition",
      ...{ seq: 1, atMs: 10_500, group: "PLC", name: "a", fromState: null, toState, pid: null },
      ...{ expected, tries: null, sampled: false },
    });
  return { fleet, report, counters, enter };
}

test("starts and ends are counted by their kind", () => {
  const { counters, enter } = place();
  enter("EXITED", false);
  enter("STARTING");
  enter("BACKOFF");
  enter("STARTING");
  enter("EXITED", true);
  enter("EXITED", null);
  expect(counters.of(UID)).toEqual({ starts: 2, expected: 1, unexpected: 1, tooEarly: 1 });
});

test("the lag allows for the host's clock", () => {
  const { counters, enter } = place();
  enter("STARTING");
  expect(counters.lag.samples().find(({ suffix }) => suffix === "_sum")?.value).toBe(0.5);
});

test("a host that was lost is counted once, however often it is said", () => {
  const { counters, report } = place();
  for (const reason of ["refused", "no route"]) report.link({ status: "down", sinceMs: 2, reason });
  report.link({ status: "live", sinceMs: 3 });
  report.link({ status: "down", sinceMs: 4, reason: "refused" });
  expect(counters.linkDowns("lid001")).toBe(2);
});

test("what left the fleet is forgotten", () => {
  const { counters, enter, fleet } = place();
  enter("STARTING");
  fleet.configure([]);
  expect(counters.of(UID)).toBeUndefined();
});
