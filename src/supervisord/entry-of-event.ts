import type { JournalEntry, Transition, Unnumbered } from "../domain/journal-entry.ts";
import type { ProcessStateEvent, SupervisordEvent } from "./event-payload.ts";

/** What supervisord can announce. */
export type Announced = Unnumbered<Extract<JournalEntry, { kind: "transition" | "supervisor" | "group" }>>;

/** What an event becomes in a journal; null for those that are not kept. @param atMs of its arrival */
export function entryOfEvent(event: SupervisordEvent, atMs: number): Announced | null {
  switch (event.eventname) {
    case "PROCESS_STATE_STARTING":
      return { ...change(event, atMs), toState: "STARTING", tries: event.tries };
    case "PROCESS_STATE_BACKOFF":
      return { ...change(event, atMs), toState: "BACKOFF", tries: event.tries };
    case "PROCESS_STATE_RUNNING":
      return { ...change(event, atMs), toState: "RUNNING", pid: event.pid };
    case "PROCESS_STATE_STOPPING":
      return { ...change(event, atMs), toState: "STOPPING", pid: event.pid };
    case "PROCESS_STATE_STOPPED":
      return { ...change(event, atMs), toState: "STOPPED", pid: event.pid };
    case "PROCESS_STATE_EXITED":
      return { ...change(event, atMs), toState: "EXITED", pid: event.pid, expected: event.expected };
    case "PROCESS_STATE_FATAL":
      return { ...change(event, atMs), toState: "FATAL" };
    case "PROCESS_STATE_UNKNOWN":
      return { ...change(event, atMs), toState: "UNKNOWN" };
    case "SUPERVISOR_STATE_CHANGE_RUNNING":
      return { kind: "supervisor", atMs, state: "RUNNING" };
    case "SUPERVISOR_STATE_CHANGE_STOPPING":
      return { kind: "supervisor", atMs, state: "STOPPING" };
    case "PROCESS_GROUP_ADDED":
      return { kind: "group", atMs, group: event.group, change: "ADDED" };
    case "PROCESS_GROUP_REMOVED":
      return { kind: "group", atMs, group: event.group, change: "REMOVED" };
    case "PROCESS_LOG_STDOUT":
    case "PROCESS_LOG_STDERR":
    case "PROCESS_COMMUNICATION_STDOUT":
    case "PROCESS_COMMUNICATION_STDERR":
    case "REMOTE_COMMUNICATION":
    case "TICK_5":
    case "TICK_60":
    case "TICK_3600":
      return null;
  }
}

const change = (event: ProcessStateEvent, atMs: number): Omit<Unnumbered<Transition>, "toState"> => ({
  kind: "transition",
  atMs,
  group: event.group,
  name: event.name,
  fromState: event.fromState,
  pid: null,
  expected: null,
  tries: null,
  sampled: false,
});
