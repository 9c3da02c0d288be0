import { createSimulatedFleet, type SimulatedFleet } from "../../src/demo/simulated/fleet.ts";
import type { SimulatedHost } from "../../src/demo/simulated/host.ts";
import type { HubMember } from "../../test/support/hub.ts";
import type { TestPlace } from "../../test/support/test-place.ts";

/** Simulated hosts, among which more can go wrong than three real ones have room for. */
export type Crowd = {
  readonly hosts: readonly SimulatedHost[];
  readonly members: readonly HubMember[];
  /** transitions a second, all hosts together; 0: they rest */
  readonly rate: (perS: number) => void;
};

const HOSTS = 9;
const PROCESSES = 8;

export async function openCrowd(place: TestPlace): Promise<Crowd> {
  const fleet: SimulatedFleet = await createSimulatedFleet(
    {
      ...{ supervisors: HOSTS, processes: PROCESSES, seed: 1, rate: 0, lively: false },
      links: ["agent", "xmlrpc", "zerorpc"],
    },
    place.path("crowd"),
  );
  place.defer(fleet.close);
  return {
    hosts: fleet.hosts,
    members: fleet.hosts.map((host) => ({ name: host.name, url: host.url() })),
    rate: (perS) => fleet.traffic.setRate(perS, [...fleet.hosts]),
  };
}
