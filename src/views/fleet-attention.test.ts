import { expect, test } from "bun:test";
import { fleetAttention } from "./fleet-attention.ts";
import { fleetProcess, fleetSupervisor } from "./fleet-fixture.ts";
import { hostTally } from "./host-tally.ts";

test("what needs attention stands in the order of how bad it is: hosts, what is given up, what still tries", () => {
  const down = fleetSupervisor("z", [], { status: "down", sinceMs: 0, reason: "refused" });
  const a = fleetSupervisor("a", [
    fleetProcess("a", "web", "loops"),
    fleetProcess("a", "web", "tries", { state: "BACKOFF", tries: 2 }),
    fleetProcess("a", "web", "gave-up-after-tries", { state: "FATAL", sinceMs: 5_000 }),
    fleetProcess("a", "web", "fatal-later", { state: "FATAL", sinceMs: 9_000 }),
    fleetProcess("a", "web", "fine"),
  ]);
  const ended = [...a.processes.values()]
    .filter(({ name }) => name === "loops" || name === "gave-up-after-tries")
    .map((process) => ({ placed: { process, supervisor: a }, ends: 4 }));
  const items = fleetAttention(new Map([a, down].map((one) => [one.name, one])), hostTally, ended);
  expect(items.map((item) => (item.kind === "host" ? item.supervisor.name : item.placed.process.name))).toEqual([
    ...["z", "fatal-later", "gave-up-after-tries", "loops", "tries"],
  ]);
});
