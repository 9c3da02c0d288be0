import type { Evidence } from "../../domain/evidence.ts";
import type { Transition, Unnumbered } from "../../domain/journal-entry.ts";
import { type Namespec, nameOf } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { Logger } from "../../lib/logger.ts";
import { sleep } from "../../lib/sleep.ts";
import { parseMainLogLine } from "../../supervisord/main-log-line.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import { createByteBudget } from "./byte-budget.ts";
import { createDeathJoin, type LoggedEnd } from "./death-join.ts";
import { askTail, isOfThisRun, type Tails, takeTails } from "./log-tails.ts";
import type { MainLogFile } from "./main-log-file.ts";
import { createMainLogRpc } from "./main-log-rpc.ts";
import { evidenceOf, type Found, isDeath } from "./weigh.ts";

/** supervisord has written its line by then, and what else happened at once is joined. */
const DELAY_MS = 100;
/** A journal of 64 MiB then holds hours of the worst crash loops. */
const TAILS_BURST_BYTES = 4 * 1_024 * 1_024;
const TAILS_BYTES_PER_S = 8 * 1_024;
/** Of so many deaths at a time the last lines are kept. */
const MOST_TAILS = 1_000;

type Waiting = { readonly of: Transition; readonly tails: Tails | null };

export type EvidenceCollector = {
  /** After the event is safe in the journal and supervisord has its answer. Looks at files, asks nobody. */
  readonly onTransition: (written: Transition) => void;
  /** Events were lost. */
  readonly onGap: () => void;
  /** Begins to follow the main log. */
  readonly begin: () => void;
};

/** Finds out why a process died, and hands it over a moment after. */
export function createEvidenceCollector(deps: {
  readonly mainLog: MainLogFile;
  readonly rpc: Rpc | null;
  readonly process: (name: Namespec) => ProcessInfo | undefined;
  readonly processes: () => readonly ProcessInfo[];
  readonly lastTransition: (name: Namespec) => Transition | undefined;
  /** memory of a run when it was last looked at */
  readonly lastRssBytes: (pid: number) => number | null;
  readonly ownPid: number;
  /** when the last event was answered by an agent of this supervisord, epoch ms; null: never */
  readonly sinceMs: number | null;
  readonly isAlive: (pid: number) => boolean;
  readonly onEvidence: (detail: Unnumbered) => void;
  readonly now: () => number;
  readonly log: Logger;
  readonly signal: AbortSignal;
}): EvidenceCollector {
  const { mainLog, rpc, now, log, signal } = deps;
  const join = createDeathJoin(deps.sinceMs ?? now(), deps.ownPid, deps.isAlive);
  const readByRpc = rpc && createMainLogRpc(rpc, log);
  const budget = createByteBudget(TAILS_BURST_BYTES, TAILS_BYTES_PER_S, now);
  const early = new Map<LoggedEnd, Map<Namespec, Tails>>();
  const lastFailure = new Map<Namespec, Evidence | null>();
  let waiting: Waiting[] = [];
  let running = false;

  /** Everyone whose end the log tells: their events may come only after the next run has begun to write. */
  const takeEarly = (end: LoggedEnd): void => {
    if (now() - end.atMs > DELAY_MS || early.size >= MOST_TAILS) return;
    const tails = new Map<Namespec, Tails>();
    for (const info of deps.processes()) if (info.name === end.name) tails.set(nameOf(info), takeTails(info, now));
    early.set(end, tails);
  };
  const feed = (lines: readonly string[]): void => {
    for (const text of lines) {
      const line = parseMainLogLine(text, now());
      const end = line && join.feed(line);
      if (end !== null) takeEarly(end);
    }
  };
  /** @returns whether the log could be read */
  const readFile = (): boolean => {
    const lines = mainLog.readNew();
    if (lines !== null) feed(lines);
    return lines !== null;
  };

  const readAsked = async (): Promise<boolean> => {
    const lines = readByRpc === null ? null : await readByRpc();
    feed(lines ?? []);
    return lines !== null;
  };

  async function withAsked({ of, tails }: Waiting): Promise<Tails | null> {
    if (tails === null || rpc === null) return tails;
    const ask = (channel: "Stderr" | "Stdout") => askTail(rpc, channel, nameOf(of), now, log);
    const stderr = tails.stderr === "denied" ? await ask("Stderr") : tails.stderr;
    return { stderr, stdout: tails.stdout === "denied" ? await ask("Stdout") : tails.stdout };
  }

  function find(of: Transition, tails: Tails | null, isLogRead: boolean): Found {
    const end = join.claim(of.name, of.pid, of.atMs);
    const pid = of.pid ?? end?.pid ?? null;
    if (pid !== null) join.noteEnd(of.name, pid);
    const takenEarly = end && early.get(end)?.get(nameOf(of));
    if (end !== null) early.delete(end);
    const isLast = deps.lastTransition(nameOf(of))?.seq === of.seq;
    return {
      ...{ of, end, isLogRead, isLast, info: deps.process(nameOf(of)) ?? null },
      rssBytes: pid === null ? null : deps.lastRssBytes(pid),
      tails: [takenEarly, tails].filter((read) => read != null),
      // Without the log only a process that did not come back since then is sure to have left the last lines.
      isSure: (tail) => (end === null ? isLast : isOfThisRun(tail, end.nextSpawnMs)),
    };
  }

  function tell({ of }: Waiting, found: Evidence | null): void {
    const before = lastFailure.get(nameOf(of)) ?? null;
    const evidence = of.toState === "FATAL" ? before : found;
    lastFailure.set(nameOf(of), of.toState === "BACKOFF" ? evidence : null);
    if (evidence === null) return;
    const bytes = (evidence.stderrTail?.length ?? 0) + (evidence.stdoutTail?.length ?? 0);
    const kept = budget.take(bytes) ? evidence : { ...evidence, stderrTail: null, stdoutTail: null };
    const { group, name } = of;
    const spawnerr = deps.lastTransition(nameOf(of))?.seq === of.seq ? (deps.process(nameOf(of))?.spawnerr ?? "") : "";
    const detail: Unnumbered = {
      ...{ kind: "detail", atMs: now(), ofSeq: of.seq, ofMs: of.atMs, group, name, spawnerr, evidence: kept },
    };
    deps.onEvidence(detail);
  }

  const compile = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    const asked: (Tails | null)[] = [];
    for (const one of batch) asked.push(await withAsked(one));
    const isLogRead = readFile() || (await readAsked());
    for (const { name, pid } of deps.processes()) if (pid !== null) join.noteRun(name, pid);
    for (const [i, one] of batch.entries())
      tell(one, one.of.toState === "FATAL" ? null : evidenceOf(find(one.of, asked[i] ?? null, isLogRead)));
    join.sweep();
    for (const end of early.keys()) if (now() - end.atMs > 10 * DELAY_MS) early.delete(end);
  };

  const run = async (): Promise<void> => {
    while (waiting.length > 0 && !signal.aborted) {
      await sleep(DELAY_MS, signal);
      if (!signal.aborted) await compile();
    }
  };

  return {
    onTransition(of) {
      if (of.toState === "RUNNING" && of.pid !== null) join.noteRun(of.name, of.pid);
      const isOver = of.toState === "STOPPED" || (of.toState === "EXITED" && of.expected !== false);
      if (isOver && of.pid !== null) join.noteEnd(of.name, of.pid);
      if (!isDeath(of)) return;
      const isEnough = of.toState === "FATAL" || waiting.length >= MOST_TAILS;
      const info = isEnough ? undefined : deps.process(nameOf(of));
      const tails = info === undefined ? null : takeTails(info, now);
      if (of.toState !== "FATAL") readFile();
      waiting.push({ of, tails });
      if (running) return;
      running = true;
      run()
        .catch((error) => log.warn(`Evidence: ${error}`))
        .finally(() => {
          running = false;
        });
    },
    begin() {
      mainLog.watch(readFile, signal);
      readFile();
    },
    onGap: () => join.forgetBefore(now()),
  };
}
