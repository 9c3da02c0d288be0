import type { JournalEntry } from "../../domain/journal-entry.ts";
import type { Random } from "../random.ts";
import { between } from "./chance.ts";
import { evidenceOf } from "./deaths.ts";
import { TOO_QUICKLY } from "./incidents.ts";
import { type Fate, lifeOfProcess, type Step } from "./life-of-process.ts";
import { type Life, lives } from "./lives.ts";
import type { PastHost, PastProcess } from "./past-host.ts";

/** One run of a process, up to its end. */
export type Run = { readonly process: PastProcess; readonly fromMs: number; readonly toMs: number };

export type HostPast = {
  readonly host: PastHost;
  /** as its agent would have written them, numbered from 1 */
  readonly entries: readonly JournalEntry[];
  /** steps that somebody asked the hub for */
  readonly asked: readonly Step[];
  readonly runs: readonly Run[];
};

/** So long after a death its reasons are told. */
const EVIDENCE_MS = 150;

/** A JournalEntry that has no number yet; a detail says which step it is of. */
type Unplaced =
  | { readonly atMs: number; readonly step: Step; readonly isDetail: boolean }
  | { readonly atMs: number; readonly entry: JournalEntry };

export function hostPast(
  host: PastHost,
  span: { readonly fromMs: number; readonly toMs: number },
  fate: Fate,
  random: Random,
): HostPast {
  const all = lives(Math.floor(span.fromMs + between(random, 0, 30_000)), span.toMs, random);
  const steps = all.flatMap((life) => host.processes.flatMap((process) => lifeOfProcess(process, life, fate, random)));
  return {
    host,
    entries: numbered([...supervisordsWords(all), ...steps.flatMap(wordsOf)], steps),
    asked: steps.filter(({ move }) => move.asked !== undefined),
    runs: all.flatMap((life) => runsOf(steps, life)),
  };
}

/** What is told of supervisord itself: each start and end, and the times when it was not there. */
const supervisordsWords = (all: readonly Life[]): Unplaced[] =>
  all.flatMap(({ fromMs, toMs, end }, i) => {
    const before = all[i - 1];
    const words: JournalEntry[] = [{ kind: "supervisor", seq: 0, atMs: fromMs, state: "RUNNING" }];
    if (before !== undefined) words.unshift(gapBetween(before, fromMs));
    if (end === "restart") words.push({ kind: "supervisor", seq: 0, atMs: toMs - 2_000, state: "STOPPING" });
    return words.map((entry) => ({ atMs: entry.atMs, entry }));
  });

const gapBetween = ({ toMs, end }: Life, atMs: number): JournalEntry => ({
  ...{ kind: "gap", seq: 0, fromMs: toMs, atMs, reason: "supervisord_not_running" },
  lost: end === "restart" ? 0 : null,
});

const wordsOf = (step: Step): Unplaced[] => [
  { atMs: step.atMs, step, isDetail: false },
  ...(step.move.death === undefined ? [] : [{ atMs: step.atMs + EVIDENCE_MS, step, isDetail: true }]),
];

function numbered(unplaced: readonly Unplaced[], steps: readonly Step[]): JournalEntry[] {
  const pids = pidsOf(steps);
  const seqOf = new Map<Step, number>();
  return unplaced
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((one, i): JournalEntry => {
      const seq = i + 1;
      if ("entry" in one) return { ...one.entry, seq };
      if (one.isDetail) return detailOf(one.step, seq, seqOf.get(one.step) ?? 0, pids);
      seqOf.set(one.step, seq);
      return transitionOf(one.step, seq, pids);
    });
}

type Spawned = { readonly pid: number; readonly sinceMs: number };

/** Of each step the child that it is about. */
function pidsOf(steps: readonly Step[]): ReadonlyMap<Step, Spawned> {
  const spawned = new Map<PastProcess, Spawned>();
  let pid = 1_200;
  return new Map(
    steps.map((step) => {
      if (step.move.to === "STARTING") {
        pid = pid > 4_000_000 ? 1_200 : pid + 7;
        spawned.set(step.process, { pid, sinceMs: step.atMs });
      }
      return [step, spawned.get(step.process) ?? { pid, sinceMs: step.atMs }];
    }),
  );
}

/** States of which supervisord's event names the child. */
const WITH_PID = new Set(["RUNNING", "EXITED", "STOPPING", "STOPPED"]);

const transitionOf = (step: Step, seq: number, pids: ReadonlyMap<Step, Spawned>): JournalEntry => {
  const { atMs, process, from, move } = step;
  return {
    ...{ kind: "transition", seq, atMs, group: process.group, name: process.name },
    ...{ fromState: from, toState: move.to, sampled: false },
    pid: WITH_PID.has(move.to) ? (pids.get(step)?.pid ?? null) : null,
    expected: move.expected ?? null,
    tries: move.tries ?? null,
  };
};

function detailOf(step: Step, seq: number, ofSeq: number, pids: ReadonlyMap<Step, Spawned>): JournalEntry {
  const { atMs: ofMs, process, move } = step;
  const ranMs = ofMs - (pids.get(step)?.sinceMs ?? ofMs);
  return {
    ...{ kind: "detail", seq, atMs: ofMs + EVIDENCE_MS, ofSeq, ofMs, group: process.group, name: process.name },
    spawnerr: move.to === "EXITED" ? "" : TOO_QUICKLY,
    evidence: move.death === undefined ? null : evidenceOf(move.death, process, ranMs),
  };
}

/** Times RUNNING within a life of its supervisord. */
function runsOf(steps: readonly Step[], { fromMs, toMs }: Life): Run[] {
  const since = new Map<PastProcess, number>();
  const runs: Run[] = [];
  const end = (process: PastProcess, atMs: number) => {
    const began = since.get(process);
    if (began !== undefined) runs.push({ process, fromMs: began, toMs: atMs });
    since.delete(process);
  };
  for (const { atMs, process, move } of steps) {
    if (atMs < fromMs || atMs > toMs) continue;
    end(process, atMs);
    if (move.to === "RUNNING") since.set(process, atMs);
  }
  for (const process of since.keys()) end(process, toMs);
  return runs;
}
