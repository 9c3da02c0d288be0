import { applyTransition } from "../domain/apply-transition.ts";
import type { JournalEntry, Transition, Unnumbered } from "../domain/journal-entry.ts";
import { type Namespec, nameOf } from "../domain/names.ts";
import type { ProcessInfo } from "../domain/process.ts";
import type { SupervisorFacts } from "../domain/supervisor.ts";
import { type Broadcast, createBroadcast } from "../lib/broadcast.ts";
import type { Snapshot } from "../protocol/agent.ts";
import type { Journal } from "./journal.ts";
import type { StreamMessage } from "./message.ts";
import { foldOnto, sampledTransitions, withHistory } from "./process-fold.ts";
import type { Recorder } from "./recorder.ts";
import type { PlacedSnapshot } from "./synchroniser.ts";

export type Knowledge = {
  readonly lastTransitions: () => ReadonlyMap<Namespec, Transition>;
  readonly process: (name: Namespec) => ProcessInfo | undefined;
  readonly processes: () => readonly ProcessInfo[];
  readonly snapshot: () => Snapshot | null;
  readonly publishEntry: (entry: JournalEntry) => void;
  /**
   * @param written null where the journal could not be written
   * @returns false where it contradicts what was known
   */
  readonly onTransition: (written: Transition | null, transition: Unnumbered<Transition>) => boolean;
  readonly onSnapshot: (snapshot: PlacedSnapshot) => void;
  readonly onInfo: (infos: readonly ProcessInfo[]) => void;
  readonly onSupervisorState: (state: SupervisorFacts["state"]) => void;
  /** supervisord refuses to answer because it stops. */
  readonly onShutdown: () => void;
  /** Every transition, announced or found, once it is known. */
  readonly transitions: Pick<Broadcast<Unnumbered<Transition>>, "subscribe">;
};

/** What the agent knows of supervisord and its processes: snapshots, and events folded on top. */
export function createKnowledge(deps: {
  readonly journal: Journal;
  readonly recorder: Recorder;
  readonly now: () => number;
  readonly publish: (message: StreamMessage) => void;
}): Knowledge {
  const { journal, recorder, now, publish } = deps;
  const last = journal.lastTransitions();
  const processes = new Map<Namespec, ProcessInfo>();
  /** transitions whose spawnerr is in the journal */
  const detailed = new Map<Namespec, number>();
  const transitions = createBroadcast<Unnumbered<Transition>>();
  let facts: SupervisorFacts | null = null;

  const publishEntry = (entry: JournalEntry) =>
    publish({ event: "entry", seq: entry.seq, json: JSON.stringify(entry) });
  const snapshot = (): Snapshot | null =>
    facts && { seq: journal.newestSeq(), nowMs: now(), supervisor: facts, processes: [...processes.values()] };
  const publishSnapshot = () => {
    const current = snapshot();
    if (current !== null) publish({ event: "snapshot", json: JSON.stringify(current) });
  };
  const setState = (state: SupervisorFacts["state"]) => {
    if (facts === null || facts.state === state) return;
    facts = { ...facts, state };
    publishSnapshot();
  };
  const replaceProcesses = (infos: readonly ProcessInfo[]) => {
    processes.clear();
    for (const info of infos) processes.set(nameOf(info), info);
  };

  /** Writes what must have happened unseen, forgets processes that are no more. */
  const recordDifferences = ({ answer, last: lastThen, after }: PlacedSnapshot) => {
    const sinceThen = new Set(after.map(nameOf));
    const sampled = sampledTransitions(answer.processes, lastThen, sinceThen, now());
    for (const entry of (sampled.length > 0 && recorder.record(sampled)) || []) {
      if (entry.kind === "transition") last.set(nameOf(entry), entry);
      publishEntry(entry);
    }
    const present = new Set(answer.processes.map(nameOf));
    const gone = [...last.keys()].filter((name) => !present.has(name) && !sinceThen.has(name));
    for (const name of gone) last.delete(name);
    recorder.forget(gone);
    return sampled;
  };

  return {
    lastTransitions: () => last,
    process: (name) => processes.get(name),
    processes: () => [...processes.values()],
    snapshot,
    publishEntry,
    transitions,
    onTransition(written, transition) {
      const name = nameOf(transition);
      if (written !== null) last.set(name, written);
      const before = processes.get(name);
      if (before !== undefined) processes.set(name, applyTransition(before, { ...transition, seq: 0 }));
      transitions.publish(transition);
      return facts === null || (before !== undefined && before.state === transition.fromState);
    },
    onSnapshot(placed) {
      const sampled = placed.exact ? recordDifferences(placed) : [];
      facts = placed.answer.facts;
      const known = placed.exact ? placed.last : last;
      replaceProcesses(
        placed.answer.processes.map((info) => foldOnto(withHistory(info, known.get(nameOf(info))), placed.after)),
      );
      publishSnapshot();
      for (const transition of sampled) transitions.publish(transition);
    },
    onInfo(infos) {
      const better: ProcessInfo[] = [];
      for (const info of infos) {
        const before = processes.get(nameOf(info));
        if (before === undefined || before.state !== info.state) continue; // it has moved on: the next question will tell
        better.push({ ...info, sinceMs: before.sinceMs, tries: before.tries, expected: before.expected });
      }
      for (const info of better) processes.set(nameOf(info), info);
      if (better.length > 0) publish({ event: "processes", json: JSON.stringify({ processes: better }) });
      for (const info of better) recordSpawnerr(info);
    },
    onSupervisorState: setState,
    onShutdown: () => setState("STOPPING"),
  };

  /** Why it could not be started, or that it died unexpectedly, told to the history as well. */
  function recordSpawnerr(info: ProcessInfo): void {
    const of = last.get(nameOf(info));
    const failed =
      info.state === "BACKOFF" || info.state === "FATAL" || (info.state === "EXITED" && info.expected === false);
    if (of === undefined || of.toState !== info.state || of.sampled || !failed || info.spawnerr === "") return;
    if (detailed.get(nameOf(info)) === of.seq) return;
    detailed.set(nameOf(info), of.seq);
    const { group, name, spawnerr } = info;
    const detail: Unnumbered = { kind: "detail", atMs: now(), ofSeq: of.seq, ofMs: of.atMs, group, name, spawnerr };
    for (const entry of recorder.record([detail]) ?? []) publishEntry(entry);
  }
}
