import type { ProcessStateName } from "../../domain/states.ts";

export type Colour = "green" | "yellow" | "red" | "dim" | "bold" | "cyan" | "magenta" | "blue";

const CODE: Record<Colour, number> = {
  bold: 1,
  dim: 2,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};

export const paint = (text: string, colour: Colour | null, isOn: boolean): string =>
  isOn && colour !== null && text !== "" ? `\x1b[${CODE[colour]}m${text}\x1b[0m` : text;

const OF_STATE: Record<ProcessStateName, Colour | null> = {
  RUNNING: "green",
  STARTING: "cyan",
  STOPPING: "cyan",
  BACKOFF: "yellow",
  FATAL: "red",
  UNKNOWN: "magenta",
  EXITED: "yellow",
  STOPPED: "dim",
};

export const colourOfState = (state: string): Colour | null => OF_STATE[state as ProcessStateName] ?? null;
