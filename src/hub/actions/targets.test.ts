import { expect, test } from "bun:test";
import { fleetProcess, fleetSupervisor } from "../../views/fleet-fixture.ts";
import type { FleetView } from "../fleet-view.ts";
import { resolveTargets } from "./targets.ts";

const processes = ["a*", "ab", "[x]", "x"].map((name) => fleetProcess("lid001", "g", name));
const view = {
  supervisors: () => new Map([["lid001", fleetSupervisor("lid001", processes)]]),
  process: (uid: string) => processes.find((process) => process.uid === uid) ?? null,
} as unknown as FleetView;
const meant = (pattern: string) => resolveTargets(view, [pattern]).processes.map(({ name }) => name);

test("what is the name of a process means that one alone, though it could be read as a pattern", () => {
  expect(meant("lid001:g:a*")).toEqual(["a*"]);
  expect(meant("lid001:g:[x]")).toEqual(["[x]"]);
});

test("a pattern that is no name means all that match", () => {
  expect(meant("lid001:g:*")).toEqual(["a*", "ab", "[x]", "x"]);
  expect(meant("lid001:g:[xy]")).toEqual(["x"]);
});
