import { join } from "node:path";
import { awaitLive } from "../await-live.ts";
import type { PlaceOptions } from "../place.ts";
import { historyPath } from "../history-path.ts";
import { pastOfProgram } from "../past/simulated-past.ts";
import { writePast } from "../past/write-past.ts";
import { fleetName, startHub, writeHubConf } from "../start-hub.ts";
import { serveControl } from "./control.ts";
import { createSimulatedFleet, type SimulatedFleet, type Simulation } from "./fleet.ts";

const START_TIMEOUT_MS = 120_000;

/** The hosts are down for it, and begin anew with it behind them. */
async function inventPast(
  { hosts }: SimulatedFleet,
  { pastDays: days, seed, dir, signal }: PlaceOptions,
): Promise<void> {
  await Promise.all(hosts.map((host) => host.fall()));
  const remembering = hosts.map((host) => {
    const processes = [...host.supervisord.processes().values()].map(({ program }, i) => pastOfProgram(program, i));
    return { host: { name: host.name, processes }, journal: host.forget() };
  });
  await writePast({ days, seed, hosts: remembering, dbPath: historyPath(dir) }, signal);
  if (!signal.aborted) await Promise.all(hosts.map((host) => host.rise()));
}

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
  if (options.pastDays > 0) await inventPast(fleet, options);
  const supervisors = fleet.hosts.map(({ name, url }) => ({ name, url: url() }));
  if (!options.withHub) {
    writeHubConf("simulated", supervisors, options.dir);
    return door.url;
  }
  const hub = {
    child: startHub(fleetName("simulated", options), supervisors, options),
    logfile: join(options.dir, "hub.log"),
  };
  await awaitLive(options.url, supervisors.length, {
    children: [hub],
    timeoutMs: START_TIMEOUT_MS,
    signal: options.signal,
  });
  return door.url;
}
