import { join } from "node:path";
import { awaitLive } from "../await-live.ts";
import type { PlaceOptions } from "../place.ts";
import { startHub, writeHubConf } from "../start-hub.ts";
import { serveControl } from "./control.ts";
import { createSimulatedFleet, type Simulation } from "./fleet.ts";

const START_TIMEOUT_MS = 120_000;

/**
 * Simulated hosts in this process, and the hub; returns when all are live. Without a hub its configuration is written all
 * the same.
 * @param control port, 0: any that is free
 * @returns where the fleet is driven from
 */
export async function startSimulatedPlace(
  simulation: Simulation,
  control: number,
  options: PlaceOptions & { readonly withHub: boolean },
): Promise<string> {
  const fleet = await createSimulatedFleet(simulation, join(options.dir, "logs"));
  const door = serveControl(fleet, control);
  options.signal.addEventListener("abort", () => {
    door.close();
    fleet.close();
  });
  const supervisors = fleet.hosts.map(({ name, url }) => ({ name, url: url() }));
  if (!options.withHub) {
    writeHubConf("simulated", supervisors, options.dir);
    return door.url;
  }
  const hub = { child: startHub("simulated", supervisors, options), logfile: join(options.dir, "hub.log") };
  await awaitLive(options.url, supervisors.length, {
    children: [hub],
    timeoutMs: START_TIMEOUT_MS,
    signal: options.signal,
  });
  return door.url;
}
