import type { Evidence } from "../../domain/evidence.ts";
import type { Transition } from "../../domain/journal-entry.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { LoggedEnd } from "./death-join.ts";
import type { Tail } from "./file-tail.ts";
import type { Tails } from "./log-tails.ts";

/** What could be found of one death. */
export type Found = {
  readonly of: Transition;
  /** what the main log tells; null: nothing */
  readonly end: LoggedEnd | null;
  readonly isLogRead: boolean;
  /** nothing has happened to the process since */
  readonly isLast: boolean;
  /** the process as it is known now */
  readonly info: ProcessInfo | null;
  /** its last lines, read at different moments */
  readonly tails: readonly Tails[];
  /** nothing of the next run is in it */
  readonly isSure: (tail: Tail) => boolean;
  readonly rssBytes: number | null;
};

export const isDeath = (t: Transition): boolean =>
  !t.sampled && (t.toState === "FATAL" || t.toState === "BACKOFF" || (t.toState === "EXITED" && t.expected === false));

/** @returns null where there was no run that could have died, or nothing is known of it */
export function evidenceOf(found: Found): Evidence | null {
  if (found.of.toState === "BACKOFF" && !hasRun(found)) return null;
  const { end, rssBytes } = found;
  const evidence = {
    exitCode: end === null ? exitCodeByRpc(found) : end.exitCode,
    signal: end?.signal ?? null,
    ranMs: ranMs(found),
    stderrTail: textOf(found, "stderr"),
    stdoutTail: textOf(found, "stdout"),
    rssBytes,
  };
  return Object.values(evidence).every((value) => value === null) ? null : evidence;
}

/** A start that failed before there was a process has no end in the log, and the logs are those of earlier runs. */
function hasRun({ end, isLogRead, isLast, info }: Found): boolean {
  if (end !== null) return true;
  return !isLogRead && isLast && info?.spawnerr.startsWith("Exited too quickly") === true;
}

/** supervisord forgets it with the next start, and says 0 for "not known" and -1 for a signal. */
const exitCodeByRpc = ({ isLast, info, of }: Found): number | null =>
  isLast && info !== null && info.state === of.toState && info.exitstatus > 0 ? info.exitstatus : null;

function ranMs({ end, isLast, info }: Found): number | null {
  if (end?.spawnMs != null && end.atMs >= end.spawnMs) return end.atMs - end.spawnMs;
  if (!isLast || info?.startMs == null || info.stopMs === null || info.stopMs < info.startMs) return null;
  return info.stopMs - info.startMs;
}

const textOf = ({ tails, isSure }: Found, channel: keyof Tails): string | null =>
  tails
    .map((read) => read[channel])
    .filter((tail) => tail !== null && tail !== "denied")
    .find(isSure)?.text ?? null;
