import { describe, expect, test } from "bun:test";
import fixture from "../../test/fixtures/api-data.json";
import type { HubData, HubLink, HubProcess, HubSupervisor } from "../protocol/hub.ts";
import { printableJson } from "./output/json.ts";
import { statusReport } from "./status-report.ts";
import { statusRows } from "./status-rows.ts";

const data = fixture as HubData;

const one = (name: string, change: Partial<HubProcess>): HubProcess => ({
  ...(data.supervisors.lid002?.processes["lid002:Counter:P201"] as HubProcess),
  uid: `lid009:web:${name}`,
  group: "web",
  name,
  ...change,
});

const supervisor = (name: string, processes: HubProcess[], change: Partial<HubSupervisor> = {}): HubData => ({
  name: "test",
  supervisors: {
    ...data.supervisors,
    [name]: {
      ...(data.supervisors.lid002 as HubSupervisor),
      name,
      processes: Object.fromEntries(processes.map((p) => [p.uid, p])),
      ...change,
    },
  },
});

/** As the command prints it. */
function printed(data: HubData, words: readonly string[], asJson: boolean) {
  const { processes, unknown, down, exitCode } = statusReport(data, words);
  const out = asJson ? [printableJson(processes)] : [...unknown, ...statusRows(processes)];
  return { out, err: [...(asJson ? unknown : []), ...down], exitCode };
}

const uids = (lines: readonly string[]) => lines.map((line) => line.split(" ", 1)[0]);

describe("status", () => {
  test("prints supervisorctl's columns", () => {
    expect(printed(data, ["lid002:*"], false)).toEqual({
      out: [
        "lid002:Counter:P201              RUNNING   pid 16483, uptime 0:00:01",
        "lid002:PLC:wcid00e               RUNNING   pid 16484, uptime 0:00:01",
        "lid002:PLC:wcid00f               RUNNING   pid 16489, uptime 0:00:01",
        "lid002:PLC:wcid00g               RUNNING   pid 16490, uptime 0:00:01",
        "lid002:Vacuum:vacuum_EH          RUNNING   pid 16492, uptime 0:00:01",
      ],
      err: [],
      exitCode: 0,
    });
  });

  test("widens the first column for the longest uid", () => {
    const [first, second] = printed(data, ["baslid001:BeamViewer:basler_mbv3-0", "wcid00a"], false).out;
    expect(first).toStartWith("baslid001:BeamViewer:basler_mbv3-0   RUNNING   ");
    expect(second?.indexOf("RUNNING")).toBe(first?.indexOf("RUNNING"));
  });

  test("of everything names every process", () => {
    expect(printed(data, [], false).out).toHaveLength(23);
    expect(printed(data, ["all"], false).out).toHaveLength(23);
  });

  test.each([
    ["a name on whichever host", ["wcid00e"], ["lid002:PLC:wcid00e"]],
    ["a shell pattern over uids", ["*:P20?"], ["lid002:Counter:P201"]],
    [
      "a group on every host",
      ["Vacuum:*"],
      [
        "lid001:Vacuum:vacuum_OH1",
        "lid001:Vacuum:vacuum_OH2_1",
        "lid001:Vacuum:vacuum_OH2_2",
        "lid002:Vacuum:vacuum_EH",
      ],
    ],
    ["group and name on whichever host", ["Counter:P201"], ["lid002:Counter:P201"]],
    ["the same process twice", ["P201", "Counter:P201"], ["lid002:Counter:P201"]],
  ])("takes %s", (_, patterns, expected) => {
    expect(uids(printed(data, patterns, false).out)).toEqual(expected);
  });

  test.each([
    ["running", ["wcid00a"], 0],
    ["FATAL", ["exits_2s"], 3],
    ["unknown", ["nosuch"], 4],
    ["unknown among running ones", ["nosuch", "wcid00a"], 4],
    ["unknown among FATAL ones", ["exits_2s", "nosuch"], 3],
  ])("of a process that is %s gives supervisorctl's exit code", (_, patterns, exitCode) => {
    expect(printed(data, patterns, false).exitCode).toBe(exitCode);
  });

  test.each([
    ["BACKOFF", 0],
    ["STARTING", 0],
    ["STOPPING", 0],
    ["STOPPED", 3],
    ["EXITED", 3],
    ["UNKNOWN", 3],
  ] as const)("of a process in %s gives exit code %d", (statename, exitCode) => {
    const fleet = supervisor("lid009", [one("a", { statename })]);
    expect(printed(fleet, ["lid009:*"], false).exitCode).toBe(exitCode);
  });

  test("says which names are unknown, in supervisorctl's words", () => {
    expect(printed(data, ["nosuch", "nosuch:*", "lid001:PLC:nosuch"], false).out).toEqual([
      "nosuch: ERROR (no such process)",
      "nosuch:*: ERROR (no such group)",
      "lid001:PLC:nosuch: ERROR (no such process)",
    ]);
  });

  test("shows control characters of a hub and obeys none", () => {
    const fleet = supervisor("lid009", [one("a", { description: "\x1b[31mred\x9b\n" })]);
    expect(printed(fleet, ["lid009:*"], false).out[0]).toEndWith("\\x1b[31mred\\x9b\\x0a");
    expect(printed(fleet, ["lid009:*"], true).out[0]).not.toMatch(/[\x1b\x9b]/);
  });

  test("as JSON is an array of processes as the API has them", () => {
    const { out } = printed(data, ["P201"], true);
    expect(JSON.parse(out.join(""))).toEqual([data.supervisors.lid002?.processes["lid002:Counter:P201"]]);
  });
});

describe("a supervisor that does not answer", () => {
  const since = Date.UTC(2026, 10, 24, 1, 52, 7);
  const down: HubLink = { kind: "agent", status: "down", since, reason: "connection refused" };
  const fleet = supervisor("lid009", [one("a", {})], { running: false, link: down });

  test("is named with since when and why, and gives exit code 4", () => {
    const report = printed(fleet, [], false);
    expect(report.err).toEqual([
      `lid009: no answer since ${new Date(since).toLocaleString("sv-SE")} (connection refused)`,
    ]);
    expect(printed(fleet, ["lid009:*"], false).exitCode).toBe(4);
  });

  test("is passed over in silence by one who asks for others", () => {
    expect(printed(fleet, ["lid002:*"], false)).toMatchObject({ err: [], exitCode: 0 });
  });

  test("has no rows, because how its processes are is not known", () => {
    expect(printed(fleet, ["lid009:web:a"], false)).toMatchObject({ out: [], exitCode: 4 });
  });

  test("does not make a name known that is on no other host", () => {
    const report = printed(fleet, ["nosuch"], false);
    expect(report.out).toEqual(["nosuch: ERROR (no such process)"]);
    expect(report.err).toHaveLength(1);
  });

  test("of Multivisor 6 is known by running alone", () => {
    const old = supervisor("lid009", [], { running: false });
    expect(printed(old, ["lid009:*"], false)).toEqual({ out: [], err: ["lid009: no answer"], exitCode: 4 });
  });

  test("that was not reached yet says so", () => {
    const fresh = supervisor("lid009", [], { running: false, link: { kind: "agent", status: "connecting", since } });
    expect(printed(fresh, ["lid009:*"], false).err[0]).toStartWith("lid009: not reached yet, trying since 2026-");
  });
});
