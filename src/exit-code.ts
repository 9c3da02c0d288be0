import type { ErrorCode } from "./domain/errors.ts";

/** supervisorctl's exit codes, where it has one for the case. */
export const EXIT_CODE = {
  UNKNOWN_METHOD: 1,
  INCORRECT_PARAMETERS: 1,
  BAD_ARGUMENTS: 1,
  SHUTDOWN_STATE: 1,
  BAD_NAME: 1,
  BAD_SIGNAL: 1,
  NO_FILE: 1,
  NOT_EXECUTABLE: 1,
  FAILED: 1,
  ABNORMAL_TERMINATION: 7,
  SPAWN_ERROR: 7,
  ALREADY_STARTED: 1,
  NOT_RUNNING: 1,
  ALREADY_ADDED: 1,
  STILL_RUNNING: 1,
  CANT_REREAD: 1,
  BAD_CONFIG: 2,
  BAD_REQUEST: 2,
  BAD_WIRE: 1,
  UNAUTHORIZED: 1,
  FORBIDDEN: 1,
  AGENT_PROTECTED: 1,
  HOST_UNREACHABLE: 4,
  EXPIRED: 1,
  TIMEOUT: 4,
  STORE_UNAVAILABLE: 1,
  NO_LOG: 1,
  BUSY: 1,
} as const satisfies Record<ErrorCode, number>;

/** What nobody foresaw: a mistake of ours. */
export const EXIT_BUG = 70;
