import { causeOf } from "./evidence.ts";
import type { Detail } from "./journal-entry.ts";
import type { ProcessStateName } from "./states.ts";

/** The last death of a process in short, for those who look at many. */
export type Death = {
  /** when it was announced, epoch ms of the host's clock */
  readonly atMs: number;
  /** "exit 3", "SIGKILL"; null: not known */
  readonly cause: string | null;
  readonly ranMs: number | null;
  /** the last few lines of stderr, of stdout where that is empty; "" where there are none */
  readonly lastWords: string;
};

const MOST_LINES = 10;
const MOST_CHARACTERS = 1_200;

/** @returns null for a detail that tells of no death */
export function deathOf({ ofMs, evidence }: Pick<Detail, "ofMs" | "evidence">): Death | null {
  if (evidence == null) return null;
  const { ranMs, stderrTail, stdoutTail } = evidence;
  return { atMs: ofMs, cause: causeOf(evidence), ranMs, lastWords: lastWords(stderrTail) || lastWords(stdoutTail) };
}

const lastWords = (tail: string | null): string =>
  (tail ?? "").trimEnd().split("\n").slice(-MOST_LINES).join("\n").slice(-MOST_CHARACTERS);

type Ended = { readonly sinceMs: number | null; readonly death?: Death | null };

const LATELY_MS = 60_000;

/** The same, or that of the try before: what a process that is started again and again said does not come and go. */
export function latelyDied({ sinceMs, death }: Ended): Death | null {
  if (death == null || sinceMs === null) return null;
  return death.atMs <= sinceMs && sinceMs - death.atMs < LATELY_MS ? death : null;
}

const DEAD: ReadonlySet<ProcessStateName> = new Set(["EXITED", "BACKOFF", "FATAL"]);

/**
 * The death that made it what it is now; null for one that is past, or of which nothing is known. What was started again
 * may be running within the same millisecond.
 */
export const presentDeath = ({
  state,
  sinceMs,
  death = null,
}: Ended & { readonly state: ProcessStateName }): Death | null =>
  DEAD.has(state) && death?.atMs === sinceMs ? death : null;
