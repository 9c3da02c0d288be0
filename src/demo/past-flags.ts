import { existsSync } from "node:fs";
import { MultivisorError } from "../domain/errors.ts";
import { historyPath } from "./history-path.ts";

/** As `multivisor demo` is given them. */
export type PastFlags = { readonly past: string; readonly hub: boolean };

/** A hub keeps no more, unless it is told to. */
const MOST_DAYS = 400;

export const PAST_ARGS = {
  past: {
    type: "string",
    default: "0",
    valueHint: "DAYS",
    description: `Begin with an invented history of so many days, at most ${MOST_DAYS}`,
  },
} as const;

const refusal = (why: string) => new MultivisorError("BAD_CONFIG", `Cannot start the demo: ${why}`);

/** @returns days */
export function parsePast({ past, hub }: PastFlags): number {
  const days = Number(past);
  if (!/^\d+$/.test(past) || days > MOST_DAYS)
    throw refusal(`--past ${past} is not a whole number of days from 0 to ${MOST_DAYS}`);
  if (days > 0 && !hub) throw refusal("--past is for the hub's history, and --no-hub leaves the hub out");
  return days;
}

/** What is there may have been, and is not mixed with what never was. */
export function refuseSecondPast(dir: string): void {
  if (existsSync(historyPath(dir)))
    throw refusal(`${dir} has a history already; leave --past out to go on with it, or choose another --dir`);
}
