import { expect, test } from "bun:test";
import { processInfo, supervisorFacts, transition } from "../../../test/fixtures.ts";
import type { ProcessUid } from "../../domain/names.ts";
import { createFleet } from "../fleet.ts";
import { createProcessActions } from "./process-actions.ts";

/** A host where everything is accepted and nothing happens until the test says so. */
function scene() {
  const fleet = createFleet({ nowMs: Date.now, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "lid001:9002", host: "lid001", linkKind: "agent" }]);
  const report = fleet.report("lid001");
  report.snapshot(supervisorFacts(), [processInfo({ state: "RUNNING" })]);
  const told: string[] = [];
  fleet.subscribe((change) => {
    if (change.kind === "notification") told.push(`${change.notification.level} ${change.notification.message}`);
  });
  const [process] = [...(fleet.supervisors().get("lid001")?.processes.values() ?? [])];
  const link = {
    run: async () => {},
    refresh: async () => {},
    command: async (calls: readonly unknown[]) => calls.map(() => ({ ok: true as const })),
  };
  const actions = createProcessActions({ fleet, link: () => link as never, outcomeTimeoutMs: 1 });
  const place = { group: process?.group ?? "", name: process?.name ?? "" };
  return { actions, report, told, place, uid: process?.uid as ProcessUid };
}

test("a stop that takes longer than the caller waits is pending, and its end is told when it comes", async () => {
  const { actions, report, told, uid, place } = scene();
  report.transition(transition("STOPPING", { ...place, fromState: "RUNNING" }));
  expect(await actions.perform("stop", [uid])).toMatchObject([{ uid, ok: false, code: "TIMEOUT", pending: true }]);
  expect(told.at(-1)).toStartWith(`INFO Waiting longer: stop of ${uid} was accepted, after`);
  report.transition(transition("STOPPED", { ...place, fromState: "STOPPING" }));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.at(-1)).toStartWith(`INFO Stopped ${place.name} on lid001 after`);
});

test("a restart that fails after the caller stopped waiting is told as an error, once", async () => {
  const { actions, told, uid, place } = scene();
  await actions.perform("restart", [uid]);
  const before = told.length;
  actions.failed("lid001", {
    command: "c",
    namespec: `${place.group}:${place.name}`,
    code: "SPAWN_ERROR",
    message: "no",
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(told.slice(before)).toEqual([`ERROR Error trying to restart ${place.name} on lid001! no`]);
});
