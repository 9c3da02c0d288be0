import { expect, test } from "bun:test";
import fc from "fast-check";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import { fleetProcess, fleetSupervisor } from "../../views/fleet-fixture.ts";
import { fleetGroups } from "../../views/fleet-groups.ts";
import { groupSummary } from "../../views/group-summary.ts";
import { byName } from "../../views/process-sort.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import { fleetOrder } from "./fleet-order.ts";

const HOSTS = ["h1", "h2", "h10"];
const GROUPS = ["a", "b"];
const NAMES = ["w1", "w2", "w10", "w01", "x"];

/** A fleet that is changed by numbers: what happens, to whom. */
function numberedFleet() {
  const supervisors = new Map<string, Supervisor>(HOSTS.map((name) => [name, fleetSupervisor(name, [])]));
  const changes = createBroadcast<FleetChange>();
  let version = 0;
  const view: FleetView = {
    supervisors: () => supervisors,
    process: () => null,
    version: () => version,
    subscribe: changes.subscribe,
  };
  const tell = (change: FleetChange) => {
    version++;
    changes.publish(change);
  };
  const act = ([what, host, group, name]: readonly [number, number, number, number]) => {
    const supervisor = supervisors.get(HOSTS[host] ?? "") as Supervisor;
    const processes = supervisor.processes as Map<string, FleetProcess>;
    const process = fleetProcess(supervisor.name, GROUPS[group] ?? "", NAMES[name] ?? "", {
      state: what === 0 ? "RUNNING" : "FATAL",
    });
    const key = `${process.group}:${process.name}`;
    if (what <= 1) {
      processes.set(key, process);
      tell({ kind: "process", process });
    } else if (what === 2 && processes.delete(key))
      tell({ kind: "process_removed", uid: process.uid, supervisor: supervisor.name });
    else if (what === 3) {
      const down: Supervisor = { ...supervisor, link: { status: "down", sinceMs: version, reason: "x" } };
      supervisors.set(supervisor.name, down);
      tell({ kind: "supervisor", supervisor: down, added: [] });
    }
  };
  const all = () =>
    [...supervisors.values()].flatMap((supervisor) =>
      [...supervisor.processes.values()].map((process) => ({ process, supervisor })),
    );
  return { view, act, all };
}

test("whatever comes, changes and goes, and whenever somebody looks: all of it, as it is, in the order of names", () => {
  const step = fc.tuple(fc.nat(4), fc.nat(2), fc.nat(1), fc.nat(4));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const fleet = numberedFleet();
      const order = fleetOrder(fleet.view);
      for (const each of steps) {
        fleet.act(each);
        if (each[0] !== 4) continue;
        const expected = fleet.all().sort((a, b) => byName(a.process, b.process));
        expect(order.rows()).toEqual(expected);
        const groups = fleetGroups(expected);
        expect(order.groups().map(groupSummary)).toEqual(groups.map(groupSummary));
        expect(order.groups()).toEqual(groups);
      }
    }),
    { numRuns: 300 },
  );
});
