import { describe, expect, test } from "bun:test";
import fixture from "../../../test/fixtures/api-data.json";
import type { HubData, HubProcess } from "../../protocol/hub.ts";
import { selectProcesses } from "./select-processes.ts";
import { selectSupervisors, selectTargets } from "./select-targets.ts";

const data = fixture as HubData;
const all = Object.values(data.supervisors).flatMap((one) => Object.values(one.processes));
const names = Object.keys(data.supervisors);
const uids = (...words: string[]) => selectProcesses(words, all, names).processes.map(({ uid }) => uid);

describe("the filter language beside patterns", () => {
  test.each([
    [["state:fatal"], all.filter(({ statename }) => statename === "FATAL")],
    [["state:run", "group:plc", "host:lid002"], all.filter((p) => p.supervisor === "lid002" && p.group === "PLC")],
    [["state:run -host:lid002", "PLC:*"], all.filter((p) => p.supervisor !== "lid002" && p.group === "PLC")],
    [["name:wcid00*"], all.filter(({ name }) => name.startsWith("wcid00"))],
  ])("%p", (words, expected) => {
    expect(uids(...words)).toEqual(expected.map(({ uid }) => uid));
    expect(expected.length).toBeGreaterThan(0);
  });

  test("a name in a filter that nothing bears is an error, a state that nothing is in is none", () => {
    expect(selectProcesses(["host:nosuch"], all, names).unmatched).toEqual(["supervisor:nosuch"]);
    expect(selectProcesses(["state:unknown"], all, names)).toEqual({ processes: [], unmatched: [] });
  });

  test("where a group is called like a field, its processes are meant as they always were", () => {
    const odd = { ...all[0], uid: "lid001:state:x", group: "state", name: "x" } as HubProcess;
    expect(selectProcesses(["state:x"], [...all, odd], names).processes).toEqual([odd]);
  });
});

describe("targets of an action", () => {
  const down = { ...data.supervisors.lid001, running: false, processes: {} } as never;
  const agent = { ...all[0], uid: "lid002:multivisor:multivisor", supervisor: "lid002", is_agent: true } as HubProcess;
  const lid002 = data.supervisors.lid002 as HubData["supervisors"][string];
  const fleet: HubData = {
    name: "test",
    supervisors: { lid001: down, lid002: { ...lid002, processes: { ...lid002.processes, [agent.uid]: agent } } },
  };

  test("lid001:* never reaches a group of that name elsewhere, when lid001 is down", () => {
    const odd = { ...all[0], uid: "lid002:lid001:x", supervisor: "lid002", group: "lid001", name: "x" } as HubProcess;
    const withOdd = {
      ...fleet,
      supervisors: { ...fleet.supervisors, lid002: { ...lid002, processes: { [odd.uid]: odd } } },
    };
    expect(selectTargets(withOdd, ["lid001:*"])).toEqual({
      processes: [],
      refused: [{ word: "lid001:*", code: "HOST_UNREACHABLE" }],
    });
  });

  test("the agent is meant by its uid alone", () => {
    expect(selectTargets(fleet, ["all"]).processes).not.toContain(agent);
    expect(selectTargets(fleet, ["state:run"]).processes).not.toContain(agent);
    expect(selectTargets(fleet, [agent.uid]).processes).toEqual([agent]);
  });

  test("supervisors by name, by glob, all; unknown ones are refused", () => {
    expect(selectSupervisors(fleet, ["lid*", "lid001"])).toEqual(["lid001", "lid002"]);
    expect(selectSupervisors(fleet, ["all"])).toEqual(["lid001", "lid002"]);
    expect(() => selectSupervisors(fleet, ["x"])).toThrow("no such supervisor: x; there are lid001, lid002");
  });
});
