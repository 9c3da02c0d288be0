import { describe, expect, test } from "bun:test";
import { processInfo, supervisorFacts, transition } from "../../../test/fixtures.ts";
import { seededRandom } from "../../demo/random.ts";
import { parseAccess } from "../../domain/access.ts";
import { hostTally } from "../../views/host-tally.ts";
import { createFleet } from "../fleet.ts";
import type { FleetView } from "../fleet-view.ts";
import { createFleetViews } from "../fleet-views.ts";
import { fleetTallies } from "./fleet-tallies.ts";
import { hostSums } from "./host-sums.ts";

const HOSTS = ["lid001", "lid002", "lid003"];
const GROUPS = ["web", "db", "x"];
const STATES = ["RUNNING", "EXITED", "FATAL", "BACKOFF", "STARTING", "STOPPED"] as const;

function setUp() {
  const fleet = createFleet({ nowMs: () => 5_000, hidesAgents: () => false });
  const member = (name: string) => ({ name, url: `${name}:9002`, host: name, linkKind: "agent" }) as const;
  const configure = (names: readonly string[]) => fleet.configure(names.map(member));
  configure(HOSTS);
  return { fleet, configure };
}

const nothingEnded = { ended: () => [] };

/** Counted from nothing. */
function counted(view: FleetView) {
  const { counts, attention } = fleetTallies(view, nothingEnded);
  const tallies = [...view.supervisors().values()].map((one) => [one.name, hostTally(one)] as const);
  return { counts: counts(), attention: attention(), tallies };
}

describe("what a fleet comes to, kept host by host", () => {
  test("is what a count of all of it gives, whatever has changed, for all and for those who see a part", () => {
    const { fleet, configure } = setUp();
    const random = seededRandom(7);
    const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
    const some = () =>
      GROUPS.filter(() => random() < 0.7).map((group) =>
        processInfo({ group, name: pick(["a", "b"]), state: pick(STATES) }),
      );
    const change = () => {
      const report = fleet.report(pick(HOSTS));
      const dice = random();
      if (dice < 0.05) return configure(HOSTS.filter(() => random() < 0.8));
      if (dice < 0.2) return report.snapshot(supervisorFacts(), some());
      if (dice < 0.3) return report.link({ status: "down", sinceMs: 1, reason: "refused" });
      if (dice < 0.5) return report.link({ status: "live", sinceMs: 2 });
      return void report.transition(transition(pick(STATES), { group: pick(GROUPS), name: pick(["a", "b"]) }));
    };
    const views = [fleet, createFleetViews(fleet)(parseAccess("group:web"))];
    const kept = views.map((view) => ({ view, tallies: fleetTallies(view, nothingEnded) }));
    for (let i = 0; i < 600; i++) {
      change();
      if (random() < 0.5) continue;
      for (const { view, tallies } of kept) {
        const supervisors = [...view.supervisors().values()];
        const now = { counts: tallies.counts(), attention: tallies.attention() };
        expect({ ...now, tallies: supervisors.map((one) => [one.name, tallies.of(one)] as const) }).toEqual(
          counted(view),
        );
      }
    }
  });

  test("a process in a crash loop is shown while it runs, too, and not twice", () => {
    const { fleet } = setUp();
    fleet.report("lid001").link({ status: "live", sinceMs: 0 });
    fleet.report("lid001").snapshot(supervisorFacts(), [processInfo({ group: "web", name: "a", state: "RUNNING" })]);
    const { attention } = fleetTallies(fleet, { ended: () => [{ uid: "lid001:web:a", ends: 3 }] });
    expect(attention().map((item) => item.kind === "process" && item.ends)).toEqual([3]);
    fleet.report("lid001").transition(transition("BACKOFF", { group: "web", name: "a" }));
    expect(attention()).toHaveLength(1);
  });

  test("what a host uses is summed again when it has changed, not for each page", () => {
    const { fleet } = setUp();
    let summed = 0;
    const sums = hostSums(fleet, () => ({ cpu: ++summed, rssKib: null, restarts: 0 }));
    const cpuOf = (name: string) => {
      const supervisor = fleet.supervisors().get(name);
      return supervisor && sums(supervisor).cpu;
    };
    expect([cpuOf("lid001"), cpuOf("lid001"), cpuOf("lid002")]).toEqual([1, 1, 2]);
    fleet.report("lid002").snapshot(supervisorFacts(), [processInfo()]);
    expect([cpuOf("lid001"), cpuOf("lid002")]).toEqual([1, 3]);
  });
});
