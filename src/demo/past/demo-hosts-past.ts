import type { DemoHost, DemoProgram } from "../hosts.ts";
import type { ScriptName } from "../scripts.ts";
import type { PastHost, PastProcess, Temper } from "./past-host.ts";

const KIB = 1_024;

/** As the scripts are; what they use is what a shell does. */
const LIKE: Record<ScriptName, { readonly temper: Temper; readonly cpu: number }> = {
  worker: { temper: "steady", cpu: 0.2 },
  crashing: { temper: "crashing", cpu: 0.3 },
  broken: { temper: "broken", cpu: 0 },
  chatty: { temper: "steady", cpu: 2.4 },
  complaining: { temper: "steady", cpu: 0.4 },
  slow: { temper: "steady", cpu: 0.6 },
  once: { temper: "job", cpu: 1.5 },
};

const AGENT: PastProcess = {
  ...{ group: "multivisor", name: "multivisor", temper: "quiet", cpu: 0.3 },
  rssBytes: 52 * KIB * KIB,
};

/** `numprocs` of a program are its name with a number each (supervisord-conf's process_name). */
const namesOf = ({ name, options }: DemoProgram): string[] =>
  options?.numprocs === undefined ? [name] : Array.from({ length: Number(options.numprocs) }, (_, i) => `${name}-${i}`);

const processesOf = (group: string, program: DemoProgram): PastProcess[] =>
  namesOf(program).map((name, i) => {
    const { temper, cpu } = LIKE[program.script];
    const isIdle = program.options?.autostart === "false";
    return { group, name, cpu, temper: isIdle ? "idle" : temper, rssBytes: (3_000 + 40 * (name.length + i)) * KIB };
  });

export const pastOfDemoHost = ({ name, groups }: DemoHost): PastHost => ({
  name,
  processes: [
    AGENT,
    ...Object.entries(groups).flatMap(([group, all]) => all.flatMap((one) => processesOf(group, one))),
  ],
});
