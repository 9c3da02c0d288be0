import { presentDeath } from "../domain/death.ts";
import type { FleetProcess } from "../domain/process.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { isStale, type PlacedProcess } from "./process-look.ts";

/** What is known of its death; else supervisord's exitstatus: -1 where a signal ended it, 0 where it is not known. */
function exitWords(process: FleetProcess): string {
  const { exitstatus } = process;
  const cause = presentDeath(process)?.cause ?? null;
  if (cause !== null) return cause.startsWith("exit ") ? cause.slice("exit".length) : `, ${cause}`;
  return exitstatus === 0 ? "" : exitstatus < 0 ? ", by a signal" : ` ${exitstatus}`;
}

/** "Fatal, exit 3" */
function fatalWords(process: FleetProcess): string {
  const cause = presentDeath(process)?.cause ?? null;
  return cause === null ? "Fatal" : `Fatal, ${cause}`;
}

/** The state in a word or three, for the pill and for those who cannot see the shape. */
export function stateWords(placed: PlacedProcess): string {
  const { process } = placed;
  if (isStale(placed.supervisor)) return "Unknown";
  switch (process.state) {
    case "RUNNING":
      return "Running";
    case "STARTING":
      return (process.tries ?? 0) > 0 ? `Starting, try ${(process.tries ?? 0) + 1}` : "Starting";
    case "STOPPING":
      return "Stopping";
    case "BACKOFF":
      return process.tries === null ? "Backoff" : `Backoff, try ${process.tries}`;
    case "FATAL":
      return fatalWords(process);
    case "EXITED":
      return `Exited${exitWords(process)}`;
    case "STOPPED":
      return process.startMs === null ? "Not started" : "Stopped";
    case "UNKNOWN":
      return "Unknown";
  }
}

/**
 * Since when the row counts, epoch milliseconds of the hub's clock: up since for RUNNING, in this state since for the
 * others, silent since for a host that is down. null where nobody knows.
 */
export function countsSince({ process, supervisor }: PlacedProcess): number | null {
  if (isStale(supervisor)) return supervisor.link.sinceMs;
  const ms = process.state === "RUNNING" ? (process.startMs ?? process.sinceMs) : stateSince(process);
  return ms === null ? null : toHubClock(ms, supervisor);
}

const stateSince = (process: FleetProcess): number | null =>
  process.sinceMs ?? (process.state === "STOPPED" || process.state === "EXITED" ? process.stopMs : null);

/** Hosts' clocks drift; a skew nobody measured counts as none. */
const toHubClock = (hostMs: number, supervisor: Supervisor): number => hostMs - (supervisor.clockOffsetMs ?? 0);
