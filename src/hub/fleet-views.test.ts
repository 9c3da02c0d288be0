import { describe, expect, test } from "bun:test";
import { parseAccess } from "../domain/access.ts";
import type { ProcessUid } from "../domain/names.ts";
import { fleetProcess } from "../views/fleet-fixture.ts";
import { createFleet } from "./fleet.ts";
import type { FleetChange } from "./fleet-change.ts";
import { createFleetViews } from "./fleet-views.ts";

const FACTS = { identification: "x", pid: 1, apiVersion: "3.0", supervisorVersion: "4.2.5", state: "RUNNING" } as const;

function fleetOf(places: Readonly<Record<string, readonly string[]>>) {
  const fleet = createFleet({ nowMs: () => 1, hidesAgents: () => false });
  fleet.configure(Object.keys(places).map((name) => ({ name, url: name, host: name, linkKind: "agent" })));
  for (const [name, namespecs] of Object.entries(places)) {
    const infos = namespecs.map((text) => fleetProcess(name, ...(text.split(":") as [string, string])));
    fleet.report(name).link({ status: "live", sinceMs: 1 });
    fleet.report(name).snapshot(FACTS, infos);
  }
  return fleet;
}

const PLACES = { lid001: ["PLC:a", "web:b"], lid002: ["web:c"], empty: [] };

function view(text: string) {
  const fleet = fleetOf(PLACES);
  const views = createFleetViews(fleet);
  const seen: FleetChange[] = [];
  const own = views(parseAccess(text));
  own.subscribe((change) => seen.push(change));
  return { fleet, own, seen, views };
}

const names = (own: ReturnType<typeof view>["own"]) =>
  [...own.supervisors().values()].map((s) => [s.name, ...s.processes.keys()].join(" "));

const STOPPED = { kind: "transition", seq: 1, atMs: 2, fromState: "RUNNING", toState: "STOPPED" } as const;
const REST = { pid: null, expected: null, tries: null, sampled: false } as const;

describe("who may see a part of the fleet", () => {
  test("sees its processes and their supervisors, and no others", () => {
    const { own } = view("group:PLC");
    expect(names(own)).toEqual(["lid001 PLC:a"]);
    expect(own.process("lid001:PLC:a" as ProcessUid)?.name).toBe("a");
    expect(own.process("lid001:web:b" as ProcessUid)).toBeNull();
  });

  test("sees a host by its name, whatever runs there", () => {
    expect(names(view("host:empty").own)).toEqual(["empty"]);
  });

  test("hears of those alone: changes, notifications, supervisors", () => {
    const { fleet, seen } = view("group:PLC");
    fleet.report("lid001").transition({ ...STOPPED, ...REST, group: "web", name: "b" });
    fleet.report("lid002").link({ status: "down", sinceMs: 2, reason: "x" });
    fleet.notify("Configuration reread", "INFO");
    expect(seen).toEqual([]);
    fleet.report("lid001").transition({ ...STOPPED, ...REST, group: "PLC", name: "a" });
    fleet.report("lid001").link({ status: "down", sinceMs: 2, reason: "x" });
    expect(seen.map(({ kind }) => kind)).toEqual(["transition", "notification", "supervisor"]);
    const supervisor = seen.find((change) => change.kind === "supervisor")?.supervisor;
    expect([...(supervisor?.processes.keys() ?? [])]).toEqual(["PLC:a"] as never);
  });

  test("hears that a supervisor left if it was theirs, and nothing of others", () => {
    const { fleet, seen } = view("group:PLC");
    fleet.configure([]);
    expect(seen).toEqual([{ kind: "supervisor_removed", name: "lid001" }]);
  });

  test("shares the view with those who may see the same", () => {
    const { views, fleet } = view("group:PLC");
    expect(views(parseAccess("group:PLC"))).toBe(views(parseAccess("group:PLC")));
    expect(views(null)).toBe(fleet);
  });
});
