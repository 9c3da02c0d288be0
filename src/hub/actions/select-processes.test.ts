import { describe, expect, test } from "bun:test";
import { fleetProcess, fleetSupervisor } from "../../views/fleet-fixture.ts";
import type { FleetView } from "../fleet-view.ts";
import { selectProcesses } from "./select-processes.ts";

const AGENT = fleetProcess("lid001", "multivisor", "multivisor", { isAgent: true });
const SUPERVISORS = [
  fleetSupervisor("lid001", [
    fleetProcess("lid001", "PLC", "a"),
    fleetProcess("lid001", "web", "b", { state: "FATAL" }),
    AGENT,
  ]),
  fleetSupervisor("lid002", [fleetProcess("lid002", "PLC", "a")]),
];
const view = { supervisors: () => new Map(SUPERVISORS.map((s) => [s.name, s])) } as unknown as FleetView;
const wanted = (part: object) =>
  selectProcesses(view, { ...{ uids: [], filter: "", groups: [], supervisors: [] }, ...part });

describe("an action means", () => {
  test.each([
    [{ groups: ["PLC"] }, ["lid001:PLC:a", "lid002:PLC:a"]],
    [{ groups: ["lid001:PLC"] }, ["lid001:PLC:a"]],
    [{ groups: ["lid*:P*"] }, ["lid001:PLC:a", "lid002:PLC:a"]],
    [{ supervisors: ["lid001"] }, ["lid001:PLC:a", "lid001:web:b"]],
    [{ supervisors: ["*"] }, ["lid001:PLC:a", "lid001:web:b", "lid002:PLC:a"]],
    [{ filter: "state:fatal" }, ["lid001:web:b"]],
    [{ uids: ["*:PLC:*"], filter: "host:lid002" }, ["lid002:PLC:a"]],
    [{ groups: ["PLC"], filter: "state:fatal" }, []],
  ])("%j: %j", (part, patterns) => {
    expect(wanted(part).patterns).toEqual(patterns);
  });

  test("patterns as they came, where there is nothing else", () => {
    expect(wanted({ uids: ["*", "x"] })).toEqual({ patterns: ["*", "x"], refused: [] });
  });

  test("never an agent that is not named", () => {
    expect(wanted({ supervisors: ["lid001"] }).refused).toMatchObject([{ uid: AGENT.uid, code: "AGENT_PROTECTED" }]);
    expect(wanted({ uids: [AGENT.uid], supervisors: ["lid001"] }).patterns).toEqual([AGENT.uid]);
  });

  test("no group and no supervisor that does not exist", () => {
    expect(wanted({ groups: ["nix"] }).refused).toMatchObject([{ uid: "nix", code: "BAD_NAME" }]);
    expect(wanted({ supervisors: ["nix"] }).refused).toMatchObject([{ uid: "nix", code: "BAD_NAME" }]);
  });

  test.each([
    ["uids", Array.from({ length: 101 }, (_, i) => `*${i}`)],
    ["groups", Array.from({ length: 1_001 }, (_, i) => `PLC${i}`)],
    ["supervisors", [`${"*a".repeat(501)}`]],
  ])("no %s that are more than anybody asks for", (field, names) => {
    expect(() => wanted({ [field]: names })).toThrow("Cannot read the request");
  });

  test("any number of whole uids", () => {
    const uids = Array.from({ length: 20_000 }, (_, i) => `lid001:PLC:${i}`);
    expect(wanted({ uids }).patterns).toEqual(uids);
  });

  test("not everything, by a filter that says nothing", () => {
    expect(() => wanted({ filter: "group:" })).toThrow("says nothing");
  });
});
