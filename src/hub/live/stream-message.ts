import type { Notification } from "../../domain/notification.ts";
import { apiProcessJson } from "../api/api-process.ts";
import { apiSupervisorJson } from "../api/api-supervisor.ts";
import type { FleetChange } from "../fleet-change.ts";

export const STREAM_EVENTS = [
  "process_changed",
  "process_details",
  "supervisor_changed",
  "supervisor_removed",
  "notification",
  "action_changed",
  "resync",
] as const;
export type StreamEvent = (typeof STREAM_EVENTS)[number];

export type Payload = { readonly event: StreamEvent; readonly json: string };

/** `reason` is ours, and there only where something failed. */
const notificationJson = ({ message, level, timeMs, reason }: Notification): string =>
  JSON.stringify({ message, level, time: timeMs / 1_000, reason });

/** @returns null for what the stream of Multivisor 6 has no word for and nobody misses */
export function payloadOf(change: FleetChange, hostOf: (supervisor: string) => string): Payload | null {
  switch (change.kind) {
    case "transition":
      return { event: "process_changed", json: apiProcessJson(change.process, hostOf(change.process.supervisor)) };
    case "process":
      return { event: "process_details", json: apiProcessJson(change.process, hostOf(change.process.supervisor)) };
    case "supervisor":
      return { event: "supervisor_changed", json: apiSupervisorJson(change.supervisor) };
    case "supervisor_removed":
      return { event: "supervisor_removed", json: JSON.stringify({ name: change.name }) };
    case "notification":
      return { event: "notification", json: notificationJson(change.notification) };
    case "process_removed":
      return null; // the supervisor_changed that follows has the processes that are left
  }
}

/** The id comes last: readers that know of nothing but the first line of a message read the data there. */
export const messageText = ({ event, json }: Payload, id: string): string =>
  `data: {"event": "${event}", "payload": ${json}}\nid: ${id}\n\n`;
