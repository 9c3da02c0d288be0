import type { ProcessStateName } from "../../domain/states.ts";

/** Small numbers for what happened, kept for ever: append only. */
export const STATE_CODE = {
  STOPPED: 0,
  STARTING: 1,
  RUNNING: 2,
  BACKOFF: 3,
  STOPPING: 4,
  EXITED: 5,
  FATAL: 6,
  UNKNOWN: 7,
} as const satisfies Record<ProcessStateName, number>;

export const GAP_CODE = 8;
export const SUPERVISOR_CODE = { RUNNING: 9, STOPPING: 10 } as const;
export const GROUP_CODE = { ADDED: 11, REMOVED: 12 } as const;

export const STATE_CODES: readonly number[] = Object.values(STATE_CODE);

export const ALL_CODES: readonly number[] = [
  ...STATE_CODES,
  GAP_CODE,
  ...Object.values(SUPERVISOR_CODE),
  ...Object.values(GROUP_CODE),
];

const STATE_OF_CODE = new Map<number, ProcessStateName>(
  Object.entries(STATE_CODE).map(([name, code]) => [code, name as ProcessStateName]),
);

/** @returns null for null, and for a code that is no state */
export const stateOfItemCode = (code: number | null): ProcessStateName | null =>
  code === null ? null : (STATE_OF_CODE.get(code) ?? null);

const SAMPLED = 1;
const UNEXPECTED = 2;
const EXPECTED = 4;

export const flagsOf = (facts: { readonly sampled: boolean; readonly expected: boolean | null }): number =>
  (facts.sampled ? SAMPLED : 0) | (facts.expected === null ? 0 : facts.expected ? EXPECTED : UNEXPECTED);

export const readFlags = (flags: number): { sampled: boolean; expected: boolean | null } => ({
  sampled: (flags & SAMPLED) !== 0,
  expected: (flags & EXPECTED) !== 0 ? true : (flags & UNEXPECTED) !== 0 ? false : null,
});
