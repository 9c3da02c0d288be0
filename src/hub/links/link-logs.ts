import type { LogFrame } from "../../protocol/agent-log-frames.ts";
import type { LogMatches, LogPageHead } from "../../protocol/agent-logs.ts";
import type { LogPageQuery, LogSearchQuery } from "../../protocol/log-query.ts";
import type { LogOf } from "../../supervisord/logs/log-of.ts";

/** Where to begin: at a cursor of a frame, else so far before the end. A link may be unable to do as it is asked. */
export type LogBegin = { readonly backBytes: number; readonly from: string | null };

/** The logs of one supervisord, through its link. Everything throws MultivisorError, as `command` of a link does. */
export type LinkLogs = {
  readonly page: (
    of: LogOf,
    query: LogPageQuery,
    signal: AbortSignal,
  ) => Promise<LogPageHead & { readonly bytes: Uint8Array }>;
  /** Resolves when it is known that there is such a log; ends with the signal. Whoever takes no frame makes nobody wait. */
  readonly follow: (of: LogOf, begin: LogBegin, signal: AbortSignal) => Promise<AsyncGenerator<LogFrame>>;
  /**
   * All of it, as an answer of HTTP that is read as it comes: 200, 206 or 416.
   * @param headers Range and If-Range of the request
   */
  readonly whole: (of: LogOf, headers: Headers, signal: AbortSignal) => Promise<Response>;
  readonly search: (of: LogOf, query: LogSearchQuery, signal: AbortSignal) => Promise<LogMatches>;
};
