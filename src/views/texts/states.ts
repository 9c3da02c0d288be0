import { numberText } from "./number-text.ts";
import type { ProcessStateName } from "../../domain/states.ts";

/** States and actions in words, wherever they stand. */
export const stateTexts = {
  states: {
    STOPPED: "Stopped",
    STARTING: "Starting",
    RUNNING: "Running",
    BACKOFF: "Backoff",
    STOPPING: "Stopping",
    EXITED: "Exited",
    FATAL: "Fatal",
    UNKNOWN: "Unknown",
  } satisfies Record<ProcessStateName, string>,
  notStarted: "Not started",
  tried: (state: string, attempt: number) => `${state}, try ${attempt}`,
  withCause: (state: string, cause: string) => `${state}, ${cause}`,
  exited: (state: string, code: string) => `${state} ${code}`,
  bySignal: "by a signal",
  actions: { start: "Start", restart: "Restart", stop: "Stop" },
  more: "Actions",
  moreOf: (label: string) => `Actions for ${label}`,
  actionOf: (action: string, label: string) => `${action} ${label}`,
  select: (label: string) => `Select ${label}`,
  selectGroup: (label: string) => `Select group ${label}`,
  selectShown: (label: string, shown: number, all: number) =>
    `Select the ${numberText(shown)} of group ${label} that are shown here; its menu acts on all ${numberText(all)}`,
  agent: "agent",
  refused: (supervisor: string) => `${supervisor} does not permit actions on processes`,
} as const;
