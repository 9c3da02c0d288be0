import { MultivisorError } from "../../domain/errors.ts";
import { type Filter, matchesFilter } from "../../domain/filter.ts";
import type { ProcessUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { nearest } from "../../lib/nearest.ts";
import { filterSubject } from "../../views/process-look.ts";
import type { FleetChange } from "../fleet-change.ts";
import type { FleetView } from "../fleet-view.ts";
import { readFilter } from "../read-filter.ts";
import { STREAM_EVENTS, type StreamEvent } from "./stream-message.ts";

/** What a reader of the stream asks for. */
export type StreamWish = {
  readonly filter: string;
  /** names, separated by commas; "": all */
  readonly events: string;
  readonly lastEventId: string | null;
};

export type Selection = {
  /** equal keys select the same */
  readonly key: string;
  readonly wantsEvent: (event: StreamEvent) => boolean;
  readonly wants: (change: FleetChange, view: FleetView) => boolean;
};

/** @throws MultivisorError BAD_REQUEST */
export function parseSelection({ filter: text, events: names }: Pick<StreamWish, "filter" | "events">): Selection {
  const filter = readFilter(text);
  const events = names
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "")
    .map(parseEvent);
  return {
    key: JSON.stringify([filter, [...events].sort()]),
    wantsEvent: (event) => event === "resync" || events.length === 0 || events.includes(event),
    wants: (change, view) => filter.length === 0 || isAbout(change, filter, view),
  };
}

function parseEvent(name: string): StreamEvent {
  const event = STREAM_EVENTS.find((known) => known === name);
  if (event !== undefined) return event;
  const meant = nearest(name, STREAM_EVENTS);
  const advice = meant === null ? `known are ${STREAM_EVENTS.join(", ")}` : `did you mean "${meant}"?`;
  throw new MultivisorError("BAD_REQUEST", `Cannot read events: there is no "${name}"; ${advice}`);
}

/** A supervisor is wanted by who wants one of its processes. */
function isAbout(change: FleetChange, filter: Filter, view: FleetView): boolean {
  const matches = (process: FleetProcess | null): boolean => {
    const supervisor = process === null ? undefined : view.supervisors().get(process.supervisor);
    if (process === null || supervisor === undefined) return false;
    return matchesFilter(filter, filterSubject({ process, supervisor }));
  };
  switch (change.kind) {
    case "transition":
    case "process":
      return matches(change.process);
    case "supervisor":
      return [...change.supervisor.processes.values()].some(matches);
    case "notification":
      return change.notification.uid !== undefined && matches(view.process(change.notification.uid as ProcessUid));
    case "supervisor_removed":
    case "process_removed":
      return true;
  }
}
