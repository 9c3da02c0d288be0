import { expect, test } from "bun:test";
import { fleetSupervisor } from "./fleet-fixture.ts";
import { hostClocks } from "./host-clocks.ts";

const at = (name: string, timeZone: string | null, clockOffsetMs: number | null) => {
  const supervisor = { ...fleetSupervisor(name, []), timeZone, clockOffsetMs };
  return [supervisor.name, supervisor] as const;
};

test("hosts of one zone share a line; one whose clock is wrong has its own; of whom nothing is known there is none", () => {
  const fleet = new Map([
    at("a", "Europe/Paris", 40),
    at("b", "Europe/Paris", -300),
    at("c", "Europe/Paris", 61_200),
    at("d", null, null),
  ]);
  expect(hostClocks(fleet)).toEqual([
    ["Europe/Paris", 0, ["a", "b"]],
    ["Europe/Paris", 61_000, ["c"]],
  ]);
});
