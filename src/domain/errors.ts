/**
 * Everything that can go wrong, as a closed set. Those that supervisord knows bear the names of its XML-RPC faults
 * (supervisor/xmlrpc.py, class Faults); each code is mapped once to an HTTP status and once to an exit code.
 */
export type ErrorCode =
  // faults of supervisord
  | "UNKNOWN_METHOD"
  | "INCORRECT_PARAMETERS"
  | "BAD_ARGUMENTS"
  | "SHUTDOWN_STATE"
  | "BAD_NAME"
  | "BAD_SIGNAL"
  | "NO_FILE"
  | "NOT_EXECUTABLE"
  | "FAILED"
  | "ABNORMAL_TERMINATION"
  | "SPAWN_ERROR"
  | "ALREADY_STARTED"
  | "NOT_RUNNING"
  | "ALREADY_ADDED"
  | "STILL_RUNNING"
  | "CANT_REREAD"
  // ours
  | "BAD_CONFIG" // a configuration file, flag or environment variable
  | "BAD_REQUEST" // what a client sent us
  | "BAD_WIRE" // what a peer answered us
  | "UNAUTHORIZED" // no or wrong credentials
  | "FORBIDDEN" // known, but may not
  | "AGENT_PROTECTED" // our own agent, matched by a pattern and not named
  | "HOST_UNREACHABLE"
  | "EXPIRED" // a command that arrived after its time
  | "TIMEOUT" // the outcome did not come in time; what was asked may still happen
  | "STORE_UNAVAILABLE"
  | "NO_LOG" // the process keeps no such log, or there is no file yet
  | "BUSY"; // as much of this as is done at the same time

/** The one exception class. Messages say "Cannot <action> <object>: <current state>". */
export class MultivisorError extends Error {
  override readonly name = "MultivisorError";
  /** It was asked for, and only the answer is missing: it may have been done, or will be. */
  readonly mayBeDone: boolean;
  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions & { readonly mayBeDone?: boolean } = {},
  ) {
    super(message, options);
    this.mayBeDone = options.mayBeDone ?? false;
  }
}

/** What is said of a command that failed: nobody may take it for undone where that is not sure. */
export const failureText = (error: unknown): string =>
  error instanceof MultivisorError && error.mayBeDone
    ? `${messageOf(error)}; whether it was done is not known`
    : messageOf(error);

/** The message of whatever was thrown, on one line. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ");
