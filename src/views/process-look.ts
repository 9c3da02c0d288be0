import { type FilterSubject, isTroubled } from "../domain/filter.ts";
import type { FleetProcess } from "../domain/process.ts";
import type { ProcessStateName } from "../domain/states.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { shortenMiddle } from "./shorten.ts";
import { stateTexts } from "./texts/states.ts";

/** A process beside the supervisor that vouches for it, or does not. */
export type PlacedProcess = { readonly process: FleetProcess; readonly supervisor: Supervisor };

/** Shape and colour; six of them, never colour alone. */
export type Look = "running" | "moving" | "backoff" | "bad" | "stopped" | "unknown";

export type Action = "start" | "restart" | "stop";

/** Only a live link vouches for what is shown. */
export const isStale = (supervisor: Supervisor): boolean => supervisor.link.status !== "live";

export const shownState = ({ process, supervisor }: PlacedProcess): ProcessStateName =>
  isStale(supervisor) ? "UNKNOWN" : process.state;

export const isTrouble = (placed: PlacedProcess): boolean =>
  isTroubled({ state: shownState(placed), expected: placed.process.expected, tries: placed.process.tries });

export function lookOf(placed: PlacedProcess): Look {
  switch (shownState(placed)) {
    case "RUNNING":
      return "running";
    case "STARTING":
      // A retry is part of the backoff: the row must not change colour with every try.
      return (placed.process.tries ?? 0) > 0 ? "backoff" : "moving";
    case "STOPPING":
      return "moving";
    case "BACKOFF":
      return "backoff";
    case "FATAL":
      return "bad";
    case "EXITED":
      return placed.process.expected === false ? "bad" : "stopped";
    case "STOPPED":
      return "stopped";
    case "UNKNOWN":
      return "unknown";
  }
}

/** Why its host refuses every action on it; null: it does not. */
export const refusalOf = ({ supervisor }: PlacedProcess): string | null =>
  supervisor.allows.includes("process") ? null : stateTexts.refused(shortenMiddle(supervisor.name, 40));

/** What supervisord would not refuse in this state; nothing on a host that cannot be reached. */
export function offeredActions(placed: PlacedProcess): readonly Action[] {
  if (isStale(placed.supervisor) || refusalOf(placed) !== null) return [];
  switch (placed.process.state) {
    case "RUNNING":
    case "STARTING":
    case "BACKOFF":
      return ["restart", "stop"];
    case "STOPPED":
    case "EXITED":
    case "FATAL":
    case "UNKNOWN":
      return ["start"];
    case "STOPPING":
      return [];
  }
}

export const filterSubject = (placed: PlacedProcess): FilterSubject => ({
  uid: placed.process.uid,
  supervisor: placed.process.supervisor,
  group: placed.process.group,
  name: placed.process.name,
  state: shownState(placed),
  trouble: isTrouble(placed),
});
