import type { Call, CallResult } from "../../protocol/agent.ts";
import type { LinkLogs } from "./link-logs.ts";

/** The way to one supervisord, whatever is installed beside it. */
export type Link = {
  /** Connects, follows, reconnects, until the signal ends it. Never throws: being down is a state to show. */
  readonly run: (signal: AbortSignal) => Promise<void>;
  /**
   * Asks supervisord to do something, now or not at all; does not wait for the outcome.
   * @throws MultivisorError HOST_UNREACHABLE at once where the link is not live; TIMEOUT where no answer came
   */
  readonly command: (calls: readonly Call[]) => Promise<CallResult[]>;
  /** Asks supervisord anew; what comes back reaches the fleet before this resolves. @throws as `command` */
  readonly refresh: (signal: AbortSignal) => Promise<void>;
  /** The logs, where this link can read them now. */
  readonly logs?: () => LinkLogs | undefined;
};
