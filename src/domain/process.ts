import type { Death } from "./death.ts";
import type { ProcessUid, SupervisorName } from "./names.ts";
import type { ProcessStateName } from "./states.ts";

/**
 * One process as its own host knows it. All times are epoch milliseconds of the host's clock; those that come from
 * supervisord (`startMs`, `stopMs`) have a resolution of one second.
 */
export type ProcessInfo = {
  readonly group: string;
  readonly name: string;
  readonly state: ProcessStateName;
  /** null where there is no process (supervisord's 0) */
  readonly pid: number | null;
  /** start of the last run; null: never started */
  readonly startMs: number | null;
  /** end of the last run; null: none ended yet */
  readonly stopMs: number | null;
  /** when these facts were true */
  readonly nowMs: number;
  /** as supervisord says: 0 where not known, -1 for a signal, reset to 0 by every respawn */
  readonly exitstatus: number;
  /** empty where there is none */
  readonly spawnerr: string;
  /** supervisord's own text ("pid 16500, uptime 0:00:22"), or the same text made by `describeProcess` */
  readonly description: string;
  /** paths; empty where supervisord has none (NONE, syslog) */
  readonly stdoutLogfile: string;
  readonly stderrLogfile: string;
  /** when it entered `state`; null where nobody saw it */
  readonly sinceMs: number | null;
  /** BACKOFF and STARTING: how many tries so far; else null */
  readonly tries: number | null;
  /** EXITED: whether the exit code was among `exitcodes`; null where not known or not EXITED */
  readonly expected: boolean | null;
};

/** A process with its place in the fleet. */
export type FleetProcess = ProcessInfo & {
  readonly uid: ProcessUid;
  readonly supervisor: SupervisorName;
  /** the multivisor agent's own process: not to be stopped by a pattern */
  readonly isAgent: boolean;
  /** its last death, where something is known of it */
  readonly death?: Death | null;
};
