import { MultivisorError } from "../domain/errors.ts";
import type { Simulation } from "./simulated/fleet.ts";
import { LINKS, type LinkName } from "./simulated/host.ts";

/** As `multivisor demo` is given them. */
export type SimulationFlags = {
  readonly simulated?: string | undefined;
  readonly processes: string;
  readonly seed: string;
  readonly rate: string;
  readonly links: string;
  readonly calm: boolean;
  readonly control: string;
};

/** What `multivisor demo --help` says of them. */
export const SIMULATION_ARGS = {
  simulated: { type: "string", valueHint: "N", description: "N simulated supervisords instead of real ones" },
  processes: { type: "string", default: "50", valueHint: "P", description: "Processes of each simulated supervisord" },
  seed: { type: "string", default: "1", valueHint: "S", description: "Of the simulated chance" },
  rate: {
    type: "string",
    default: "0",
    valueHint: "R",
    description: "Transitions a second in the whole simulated fleet, beside what happens by itself",
  },
  links: {
    type: "string",
    default: "agent",
    valueHint: "LIST",
    description: `What simulated supervisords speak, in turn: ${LINKS.join(", ")}`,
  },
  calm: {
    type: "boolean",
    default: false,
    description: "Nothing happens by itself: no crash loops, no accidents, all clocks right",
  },
  control: {
    type: "string",
    default: "0",
    valueHint: "PORT",
    description: "Port of 127.0.0.1 from which a simulated fleet is driven; 0: any that is free",
  },
  hub: { type: "boolean", default: true, negativeDescription: "Only the simulated supervisords, without a hub" },
} as const;

/** Where there is no supervisord. */
const FALLBACK = { supervisors: 3, processes: 9 };

const bad = (flag: string, text: string, expected: string) =>
  new MultivisorError("BAD_CONFIG", `Cannot start the demo: --${flag} ${text} is ${expected}`);

function whole(flag: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw bad(flag, text, `not a whole number${least > 0 ? " above 0" : ""}`);
}

function linksOf(text: string): LinkName[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !(LINKS as readonly string[]).includes(name));
  if (unknown !== undefined) throw bad("links", text, `not of ${LINKS.join(", ")}`);
  return names as LinkName[];
}

/** @returns what is wanted, or would be shown where there is no supervisord; `isAsked`: the former */
export function parseSimulation(flags: SimulationFlags): {
  readonly isAsked: boolean;
  readonly simulation: Simulation;
  readonly control: number;
} {
  const isAsked = flags.simulated !== undefined;
  return {
    isAsked,
    control: whole("control", flags.control, 0),
    simulation: {
      supervisors: isAsked ? whole("simulated", flags.simulated ?? "", 1) : FALLBACK.supervisors,
      processes: isAsked ? whole("processes", flags.processes, 1) : FALLBACK.processes,
      seed: whole("seed", flags.seed, 1),
      rate: whole("rate", flags.rate, 0),
      links: linksOf(flags.links),
      lively: !flags.calm,
    },
  };
}
