import { expect, test } from "bun:test";
import type { FleetProcess } from "../../domain/process.ts";
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
