import { describe, expect, test } from "bun:test";
import type { FleetProcess } from "../domain/process.ts";
import { fleetProcess, fleetSupervisor } from "./fleet-fixture.ts";
import { isTrouble, lookOf, offeredActions } from "./process-look.ts";
import { countsSince, stateWords } from "./process-words.ts";

const placed = (overrides: Partial<FleetProcess>) => {
  const process = fleetProcess("lid001", "PLC", "wcid00a", overrides);
  return { process, supervisor: fleetSupervisor("lid001", [process]) };
};

describe("a row", () => {
  test.each([
    [{ state: "RUNNING" }, "running", "Running", ["restart", "stop"]],
    [{ state: "STARTING", tries: 0 }, "moving", "Starting", ["restart", "stop"]],
    [{ state: "STARTING", tries: 2 }, "backoff", "Starting, try 3", ["restart", "stop"]],
    [{ state: "BACKOFF", tries: 2 }, "backoff", "Backoff, try 2", ["restart", "stop"]],
    [{ state: "STOPPING" }, "moving", "Stopping", []],
    [{ state: "STOPPED" }, "stopped", "Stopped", ["start"]],
    [{ state: "STOPPED", startMs: null }, "stopped", "Not started", ["start"]],
    [{ state: "EXITED", expected: true }, "stopped", "Exited", ["start"]],
    [{ state: "EXITED", expected: false, exitstatus: 3 }, "bad", "Exited 3", ["start"]],
    [{ state: "EXITED", expected: false, exitstatus: -1 }, "bad", "Exited, by a signal", ["start"]],
    [{ state: "FATAL" }, "bad", "Fatal", ["start"]],
  ] as const)("of %p looks %p, says %p and offers %p", (overrides, look, words, offered) => {
    const row = placed(overrides);
    expect(lookOf(row)).toBe(look);
    expect(stateWords(row)).toBe(words);
    expect(offeredActions(row)).toEqual([...offered]);
  });

  test("of a host that is down is unknown, whatever it was, counts since the host went, and offers nothing", () => {
    const process = fleetProcess("lid001", "PLC", "wcid00a", { state: "FATAL" });
    const supervisor = fleetSupervisor("lid001", [process], { status: "down", sinceMs: 5_000, reason: "refused" });
    const row = { process, supervisor };
    expect(lookOf(row)).toBe("unknown");
    expect(isTrouble(row)).toBe(false);
    expect(countsSince(row)).toBe(5_000);
    expect(offeredActions(row)).toEqual([]);
  });

  test("counts by the hub's clock where the host's runs ahead", () => {
    const process = fleetProcess("lid001", "PLC", "wcid00a", { startMs: 70_000 });
    const supervisor = { ...fleetSupervisor("lid001", [process]), clockOffsetMs: 60_000 };
    expect(countsSince({ process, supervisor })).toBe(10_000);
  });
});
