import type { SimulatedProgram } from "../simulated/program.ts";
import type { PastProcess, Temper } from "./past-host.ts";

const MIB = 1_048_576;

/** As the state machine of it is. */
function temperOf({ group, spawnFails, autostart, runMs, exitCode }: SimulatedProgram): Temper {
  if (group.startsWith("multivisor")) return "quiet";
  if (spawnFails) return "broken";
  if (!autostart) return "idle";
  if (runMs === null) return "steady";
  return exitCode === 0 ? "job" : "crashing";
}

export const pastOfProgram = (program: SimulatedProgram, i: number): PastProcess => ({
  ...{ group: program.group, name: program.name, temper: temperOf(program) },
  rssBytes: (12 + ((i * 7_919) % 97)) * MIB,
  cpu: 0.2 + ((i * 31) % 17) / 10,
});
