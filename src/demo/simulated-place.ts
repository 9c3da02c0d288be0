import { join } from "node:path";
import { awaitLive } from "./await-live.ts";
import type { PlaceOptions } from "./place.ts";
import { seededRandom } from "./random.ts";
import { AGENT, startSimulatedAgent } from "./simulated-agent.ts";
import { agentProgram, simulatedPrograms } from "./simulated-program.ts";
import { createSimulatedSupervisord } from "./simulated-supervisord.ts";
import { startHub } from "./start-hub.ts";

export type Simulation = {
  readonly supervisors: number;
  /** of each supervisor */
  readonly processes: number;
  /** the same seed makes the same fleet */
  readonly seed: number;
};

const START_TIMEOUT_MS = 60_000;

/** One simulated host with its agent. @returns where the agent listens */
function startHost(
  index: number,
  { processes, seed }: Simulation,
  signal: AbortSignal,
): { name: string; port: number } {
  const name = `sim${String(index + 1).padStart(3, "0")}`;
  const random = seededRandom(seed * 1_000_003 + index);
  const programs = [agentProgram(AGENT), ...simulatedPrograms(processes, random)];
  const supervisord = createSimulatedSupervisord({ identifier: name, programs, random });
  const agent = startSimulatedAgent(supervisord, signal);
  supervisord.boot();
  signal.addEventListener(
    "abort",
    () => {
      supervisord.close();
      agent.close();
    },
    { once: true },
  );
  return { name, port: agent.port };
}

/** Simulated supervisords in this process, with the real agent over each, and the hub; returns when all are live. */
export async function startSimulatedPlace(simulation: Simulation, options: PlaceOptions): Promise<void> {
  const agents = Array.from({ length: simulation.supervisors }, (_, i) => startHost(i, simulation, options.signal));
  const hub = { child: startHub("simulated", agents, options), logfile: join(options.dir, "hub.log") };
  await awaitLive(options.url, agents.length, {
    children: [hub],
    timeoutMs: START_TIMEOUT_MS,
    signal: options.signal,
  });
}
