import { presentDeath } from "../domain/death.ts";
import type { FleetProcess } from "../domain/process.ts";
import type { Supervisor } from "../domain/supervisor.ts";
import { isStale, type PlacedProcess } from "./process-look.ts";
import { stateTexts as texts } from "./texts/states.ts";

/** What is known of its death; else supervisord's exitstatus: -1 where a signal ended it, 0 where it is not known. */
function exitedWords(process: FleetProcess): string {
  const { exitstatus } = process;
  const { EXITED } = texts.states;
  const cause = presentDeath(process)?.cause ?? null;
  if (cause?.startsWith("exit ")) return texts.exited(EXITED, cause.slice("exit ".length));
  if (cause !== null) return texts.withCause(EXITED, cause);
  if (exitstatus < 0) return texts.withCause(EXITED, texts.bySignal);
  return exitstatus === 0 ? EXITED : texts.exited(EXITED, String(exitstatus));
}

/** "Fatal, exit 3" */
function fatalWords(process: FleetProcess): string {
  const cause = presentDeath(process)?.cause ?? null;
  return cause === null ? texts.states.FATAL : texts.withCause(texts.states.FATAL, cause);
}

/** The state in a word or three, for the pill and for those who cannot see the shape. */
export function stateWords(placed: PlacedProcess): string {
  const { process } = placed;
  const { states } = texts;
  if (isStale(placed.supervisor)) return states.UNKNOWN;
  switch (process.state) {
    case "STARTING":
      return (process.tries ?? 0) > 0 ? texts.tried(states.STARTING, (process.tries ?? 0) + 1) : states.STARTING;
    case "BACKOFF":
      return process.tries === null ? states.BACKOFF : texts.tried(states.BACKOFF, process.tries);
    case "FATAL":
      return fatalWords(process);
    case "EXITED":
      return exitedWords(process);
    case "STOPPED":
      return process.startMs === null ? texts.notStarted : states.STOPPED;
    case "RUNNING":
    case "STOPPING":
    case "UNKNOWN":
      return states[process.state];
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
