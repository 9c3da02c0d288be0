import { expect, test } from "bun:test";
import { supervisorFacts } from "../../../test/fixtures.ts";
import type { LinkKind } from "../../domain/supervisor.ts";
import { createFleet } from "../fleet.ts";
import { apiSupervisorJson } from "./api-supervisor.ts";

function linkOf(linkKind: LinkKind) {
  const fleet = createFleet({ nowMs: () => 5_000, hidesAgents: () => false });
  fleet.configure([{ name: "lid001", url: "lid001:9002", host: "lid001", linkKind }]);
  const report = fleet.report("lid001");
  report.snapshot(supervisorFacts(), []);
  report.link({ status: "live", sinceMs: 4_000 });
  const supervisor = fleet.supervisors().get("lid001");
  return supervisor === undefined ? null : JSON.parse(apiSupervisorJson(supervisor)).link;
}

test("a supervisor says by which link it is reached, since when, and what that link cannot do", () => {
  expect(linkOf("agent")).toMatchObject({ kind: "agent", status: "live", since: 4_000, cannot: [] });
  expect(linkOf("xmlrpc")).toMatchObject({
    kind: "xmlrpc",
    cannot: expect.arrayContaining(["no CPU and memory of processes"]),
  });
  expect(linkOf("xmlrpc").cannot[0]).toStartWith("the history is sampled");
  expect(linkOf("zerorpc").cannot[0]).toStartWith("what happens while the hub is away");
});
