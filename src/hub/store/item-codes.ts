import { CAUSES, type Cause } from "../../domain/cause.ts";
import { PROCESS_STATE_NAMES, type ProcessStateName } from "../../domain/states.ts";

/** Small numbers for what happened, kept for ever: append only, below 32. */
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
export const LINK_CODE = { live: 13, down: 14 } as const;
export const COMMAND_CODE = 15;

export const STATE_CODES: readonly number[] = Object.values(STATE_CODE);

/** The code of anything but a transition is above. */
export const LAST_STATE_CODE = 7;

const STATE_OF_CODE: readonly ProcessStateName[] = [...PROCESS_STATE_NAMES].sort(
  (a, b) => STATE_CODE[a] - STATE_CODE[b],
);

/** @returns null for null, and for a code that is no state */
export const stateOfItemCode = (code: number | null): ProcessStateName | null =>
  code === null ? null : (STATE_OF_CODE[code] ?? null);

const CODES = 32;

/** Rows of one owner and one code. @param owner id of a process, or minus that of a supervisor */
export const runOf = (owner: number, code: number): number => owner * CODES + code;
export const ownerOf = (run: number): number => Math.floor(run / CODES);
export const codeOf = (run: number): number => run - ownerOf(run) * CODES;

/** What a row says beside its run. A command has the number of what was asked as `from`, and its outcome as `expected`. */
export type Facts = {
  /** code of the state left */
  readonly from: number | null;
  readonly sampled: boolean;
  readonly expected: boolean | null;
  readonly cause: Cause | null;
  readonly tries: number | null;
};

const SAMPLED = 16;
const UNEXPECTED = 32;
const EXPECTED = 64;
const CAUSE = 128;
const TRIES = 2_048;

export const CAUSE_CODE = Object.fromEntries(CAUSES.map((cause, i) => [cause, i + 1])) as Record<Cause, number>;

export const packFacts = ({ from, sampled, expected, cause, tries }: Facts): number =>
  (from === null ? 0 : from + 1) +
  (sampled ? SAMPLED : 0) +
  (expected === null ? 0 : expected ? EXPECTED : UNEXPECTED) +
  (cause === null ? 0 : CAUSE_CODE[cause] * CAUSE) +
  (tries === null ? 0 : (tries + 1) * TRIES);

export function unpackFacts(facts: number): Facts {
  const from = facts & 15;
  const tries = Math.floor(facts / TRIES);
  return {
    from: from === 0 ? null : from - 1,
    sampled: (facts & SAMPLED) !== 0,
    expected: expectedOfFacts(facts),
    cause: CAUSES[((facts / CAUSE) & 15) - 1] ?? null,
    tries: tries === 0 ? null : tries - 1,
  };
}

export const expectedOfFacts = (facts: number): boolean | null =>
  (facts & EXPECTED) !== 0 ? true : (facts & UNEXPECTED) !== 0 ? false : null;

/** Of `facts`, for SQL: which bits say whether an end was expected, and where the cause stands. */
export const EXPECTED_MASK = { true: EXPECTED, false: UNEXPECTED } as const;
export const CAUSE_SHIFT = Math.log2(CAUSE);

/** Those with an index of their own. */
export const TROUBLE_CODES: readonly number[] = [STATE_CODE.BACKOFF, STATE_CODE.FATAL, STATE_CODE.UNKNOWN];
