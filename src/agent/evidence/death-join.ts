import type { MainLogLine } from "../../supervisord/main-log-line.ts";

/** An unexpected end, as the main log tells it. Times are epoch ms of the host's clock. */
export type LoggedEnd = {
  readonly name: string;
  readonly atMs: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** null: the main log could not say which of several of this name */
  pid: number | null;
  /** null: started before anything that was read */
  spawnMs: number | null;
  /** when the next run of this name began; null: not yet, as far as the log tells */
  nextSpawnMs: number | null;
  /** its event comes to us: no other has answered it, and it was not lost */
  isOurs: boolean;
  claimed: boolean;
};

type Run = { readonly name: string; readonly pid: number; spawnMs: number | null };

export type DeathJoin = {
  /** @returns the unexpected end that the line tells of */
  readonly feed: (line: MainLogLine) => LoggedEnd | null;
  /** A process that is known to run. */
  readonly noteRun: (name: string, pid: number) => void;
  /** A process that is known to have ended. */
  readonly noteEnd: (name: string, pid: number) => void;
  /** Events were lost: what the log told before this is nobody's any more, unless a pid says so. */
  readonly forgetBefore: (atMs: number) => void;
  /**
   * The end that an event speaks of; each is given once.
   * @param pid null: the event does not say
   * @param arrivedMs of the event, which is after the end
   */
  readonly claim: (name: string, pid: number | null, arrivedMs: number) => LoggedEnd | null;
  /** Forgets runs that are over and that no event will speak of any more. */
  readonly sweep: () => void;
};

const MOST_KEPT = 2_000;
/** Two readings of one clock, one of them cut to milliseconds. */
const CLOCK_MS = 5;

/**
 * Joins the lines of the main log, which names processes without group and ends without pid, to events, which have both.
 * A run begins with name and pid; an end belongs to the only open run of its name. Where processes of several groups have
 * one name, ends go to events in order: supervisord writes both in the same order.
 * @param sinceMs what ended earlier is joined by pid alone: its event may have been answered by another than us
 * @param ownPid from its start on supervisord keeps events for us
 * @param isAlive whether a process with this id is there
 */
export function createDeathJoin(sinceMs: number, ownPid: number, isAlive: (pid: number) => boolean): DeathJoin {
  const open = new Map<string, Run[]>();
  let ends: LoggedEnd[] = [];
  let isOwnStartRead = false;
  let lostUntilMs = Number.NEGATIVE_INFINITY;

  const runsOf = (name: string): Run[] => {
    const runs = open.get(name) ?? [];
    open.set(name, runs);
    return runs;
  };
  const close = (name: string, pid: number): Run | null => {
    const runs = runsOf(name);
    const i = runs.findIndex((run) => run.pid === pid);
    return i < 0 ? null : (runs.splice(i, 1)[0] ?? null);
  };
  const begin = (name: string, pid: number, spawnMs: number | null): void => {
    const known = runsOf(name).find((run) => run.pid === pid);
    if (known === undefined) runsOf(name).push({ name, pid, spawnMs });
    else if (spawnMs !== null) known.spawnMs = spawnMs;
  };
  /** The run that ended: the only one, or the only one that is not there any more. */
  const endedRun = (name: string): Run | null => {
    const runs = runsOf(name);
    const gone = runs.length > 1 ? runs.filter(({ pid }) => !isAlive(pid)) : runs;
    const [only] = gone;
    return only === undefined || gone.length > 1 ? null : close(name, only.pid);
  };
  const attribute = (end: LoggedEnd, run: Run | null): LoggedEnd => {
    end.pid = run?.pid ?? end.pid;
    end.spawnMs = run?.spawnMs ?? end.spawnMs;
    return end;
  };

  /** Our start. What stood before one that was taken for it, of another with this pid, is not ours. */
  const beginsAnew = (): void => {
    isOwnStartRead = true;
    for (const end of ends) end.isOurs &&= end.atMs >= sinceMs;
  };
  /** After our start by the order of the log: clocks are put back. */
  const isOurs = (atMs: number): boolean => (isOwnStartRead || atMs >= sinceMs) && atMs >= lostUntilMs;

  return {
    feed(line) {
      if (line.what === "spawned") {
        begin(line.name, line.pid, line.atMs);
        if (line.pid === ownPid) beginsAnew();
        // By the order of the log: a run may begin and end within one millisecond.
        for (const end of ends) if (end.name === line.name) end.nextSpawnMs ??= line.atMs;
        return null;
      }
      const run = endedRun(line.name);
      if (line.what === "stopped" || line.expected) return null;
      const { name, atMs, exitCode, signal } = line;
      const blank = { pid: null, spawnMs: null, nextSpawnMs: null, isOurs: isOurs(atMs), claimed: false };
      const end = attribute({ name, atMs, exitCode, signal, ...blank }, run);
      ends.push(end);
      if (ends.length > MOST_KEPT) ends = ends.slice(-MOST_KEPT / 2);
      return end;
    },
    noteRun(name, pid) {
      const isKnown = runsOf(name).some((run) => run.pid === pid);
      if (!isKnown && !ends.some((end) => end.name === name && end.pid === pid)) begin(name, pid, null);
    },
    noteEnd: (name, pid) => void close(name, pid),
    forgetBefore(atMs) {
      lostUntilMs = atMs;
      for (const end of ends) end.isOurs &&= end.atMs >= atMs;
    },
    claim(name, pid, arrivedMs) {
      const free = ends.filter((end) => end.name === name && !end.claimed);
      const byPid = pid === null ? undefined : free.findLast((end) => end.pid === pid);
      const mayBe = (end: LoggedEnd) => end.isOurs && end.atMs <= arrivedMs + CLOCK_MS;
      const found = byPid ?? free.find((end) => (pid === null || end.pid === null) && mayBe(end));
      if (found === undefined) return null;
      found.claimed = true;
      return found.pid === null && pid !== null ? attribute(found, close(name, pid)) : found;
    },
    sweep() {
      for (const [name, runs] of open) {
        if (runs.length < 2 || ends.some((end) => end.name === name && !end.claimed)) continue;
        open.set(
          name,
          runs.filter(({ pid }) => isAlive(pid)),
        );
      }
    },
  };
}
