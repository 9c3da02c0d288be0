/** State names and codes exactly as supervisord reports them (supervisor/states.py). */
export const PROCESS_STATE = {
  STOPPED: 0,
  STARTING: 10,
  RUNNING: 20,
  BACKOFF: 30,
  STOPPING: 40,
  EXITED: 100,
  FATAL: 200,
  UNKNOWN: 1000,
} as const;

export type ProcessStateName = keyof typeof PROCESS_STATE;

export const PROCESS_STATE_NAMES = Object.keys(PROCESS_STATE) as readonly ProcessStateName[];

const NAME_OF_CODE = new Map<number, ProcessStateName>(
  PROCESS_STATE_NAMES.map((name) => [PROCESS_STATE[name], name] as const),
);

/** @returns UNKNOWN for a code that supervisord 4 does not have */
export const stateOfCode = (code: number): ProcessStateName => NAME_OF_CODE.get(code) ?? "UNKNOWN";

export const isProcessStateName = (text: string): text is ProcessStateName => Object.hasOwn(PROCESS_STATE, text);

/**
 * supervisord's RUNNING_STATES, the old API's `running`. BACKOFF is included: supervisord answers startProcess with
 * ALREADY_STARTED in all three. Not for a green light: that is RUNNING alone.
 */
export const isStarted = (state: ProcessStateName): boolean =>
  state === "STARTING" || state === "RUNNING" || state === "BACKOFF";
