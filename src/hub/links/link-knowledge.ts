import { applyTransition } from "../../domain/apply-transition.ts";
import type { GapReason, Transition } from "../../domain/journal-entry.ts";
import { type Namespec, nameOf } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import type { SupervisorFacts } from "../../domain/supervisor.ts";
import { createBroadcast } from "../../lib/broadcast.ts";
import type { Followed } from "../../supervisord/watch-ends.ts";
import type { LinkReport } from "../fleet.ts";
import { createAbsence } from "./absence.ts";
import { groupChanges } from "./group-changes.ts";
import type { LinkJournal } from "./link-journal.ts";
import { sameFacts, sameInfo } from "./same-info.ts";
import { foundEntry, type Sampled, sampledEntries } from "./sampled-entries.ts";
import { detailOf } from "./spawnerr-detail.ts";
import { expectedOf } from "./steps-between.ts";

export type LookedAt = { readonly facts: SupervisorFacts; readonly processes: readonly ProcessInfo[] };

/** What a link without an agent of ours knows of its supervisord; tells the fleet and writes the history. Times are the host's clock. */
export type LinkKnowledge = Followed & {
  readonly process: (name: Namespec) => ProcessInfo | undefined;
  /** All of it. After an absence only the difference is told. @returns whether anything changed */
  readonly onSnapshot: (seen: LookedAt, atMs: number) => boolean;
  /** Some of it. @returns whether anything changed */
  readonly onProcesses: (processes: readonly ProcessInfo[], atMs: number) => boolean;
  /**
   * All of it, where events tell the rest: states that differ are taken over only where `believe` says so, for the event
   * may be on its way.
   * @returns those that differ
   */
  readonly onAside: (seen: LookedAt, atMs: number, believe: (now: ProcessInfo) => boolean) => readonly ProcessInfo[];
  readonly isAway: () => boolean;
  /** tells the fleet all that is known once more */
  readonly show: () => void;
  /** As announced by an event. @returns false where it contradicts what was known */
  readonly onTransition: (transition: Sampled, details: ProcessInfo | null) => boolean;
  readonly onSupervisorState: (state: SupervisorFacts["state"], atMs: number) => void;
  readonly onGroup: (group: string, change: "ADDED" | "REMOVED", atMs: number) => void;
  /** It cannot be seen any more: what comes next is found after a gap. */
  readonly onLost: (reason: GapReason) => void;
  /** Still there, at this time. */
  readonly onAlive: (atMs: number) => void;
  /** The link ends: writes down until when it is known. */
  readonly end: () => void;
};

export function createLinkKnowledge(deps: {
  readonly journal: LinkJournal;
  readonly report: LinkReport;
  readonly lastKnownMs: () => number | null;
}): LinkKnowledge {
  const { journal, report } = deps;
  const transitions = createBroadcast<Sampled>();
  let processes = new Map<Namespec, ProcessInfo>();
  let facts: SupervisorFacts | null = null;
  const absence = createAbsence(journal, deps.lastKnownMs);

  const hold = (info: ProcessInfo): ProcessInfo => {
    processes.set(nameOf(info), info);
    return info;
  };

  /** In the order of their times; why a start failed goes with it. */
  function record(sampled: readonly Sampled[], infos: ReadonlyMap<Namespec, ProcessInfo>): Transition[] {
    const ordered = [...sampled].sort((a, b) => a.atMs - b.atMs);
    const written = journal.append(ordered) as Transition[];
    const newest = new Map(written.map((t) => [nameOf(t), t]));
    journal.append([...newest.values()].flatMap((t) => detailOf(t, infos.get(nameOf(t)))));
    return written;
  }

  /** @returns the process as it is to be shown */
  function withSince(after: ProcessInfo, last: Sampled | undefined): ProcessInfo {
    const before = processes.get(nameOf(after));
    const isSame = last === undefined && before?.state === after.state && before.pid === after.pid;
    const { sinceMs = null, tries = null } = isSame ? before : { sinceMs: last?.atMs ?? null };
    const expected = isSame ? before.expected : expectedOf(after);
    return { ...after, sinceMs, tries, expected };
  }

  function follow(infos: readonly ProcessInfo[], atMs: number): boolean {
    const byName = new Map(infos.map((info) => [nameOf(info), info]));
    const sampled = infos.flatMap((after) => {
      const before = processes.get(nameOf(after));
      return before === undefined ? [] : sampledEntries(before, after, absence.lastMs() ?? atMs, atMs);
    });
    const written = record(sampled, byName);
    const last = new Map(written.map((t) => [nameOf(t), t]));
    const changed = infos.filter((info) => !sameInfo(processes.get(nameOf(info)), info));
    for (const t of written) report.transition(t);
    const held = new Map(infos.map((info) => [nameOf(info), hold(withSince(info, last.get(nameOf(info))))]));
    report.refine(changed.flatMap((info) => held.get(nameOf(info)) ?? []));
    for (const t of written) transitions.publish(t);
    return changed.length > 0;
  }

  function replaceAll(seen: LookedAt): void {
    const held = seen.processes.map((info) => withSince(info, undefined));
    processes = new Map(held.map((info) => [nameOf(info), info]));
    facts = seen.facts;
    report.snapshot(seen.facts, held);
  }

  /** After an absence, the first contact among them. */
  function find(seen: LookedAt, atMs: number): void {
    const isOther = facts !== null && facts.pid !== seen.facts.pid;
    absence.end(atMs, isOther ? "supervisord_not_running" : null);
    if (facts !== null && facts.state !== seen.facts.state)
      journal.append([{ kind: "supervisor", atMs, state: seen.facts.state }]);
    const found = seen.processes.flatMap((info) => foundEntry(processes.get(nameOf(info)) ?? null, info, atMs) ?? []);
    const written = record(found, new Map(seen.processes.map((info) => [nameOf(info), info])));
    replaceAll(seen);
    for (const t of written) transitions.publish(t);
  }

  function aside(seen: LookedAt, atMs: number, believe: (now: ProcessInfo) => boolean): readonly ProcessInfo[] {
    const differing = seen.processes.filter((info) => contradicts(processes.get(nameOf(info)), info));
    const believed = differing.filter(believe);
    const found = believed.flatMap((info) => foundEntry(processes.get(nameOf(info)) ?? null, info, atMs) ?? []);
    const written = record(found, new Map(believed.map((info) => [nameOf(info), info])));
    for (const t of written) report.transition(t);
    const doubted = new Set(differing.filter((info) => !believed.includes(info)).map(nameOf));
    const next = seen.processes.map((info) =>
      doubted.has(nameOf(info)) ? (processes.get(nameOf(info)) ?? info) : info,
    );
    const changed = next.filter((info) => !sameInfo(processes.get(nameOf(info)), info)).map(nameOf);
    const isSameSet = next.length === processes.size && next.every((info) => processes.has(nameOf(info)));
    if (!isSameSet || !sameFacts(facts, seen.facts)) replaceAll({ facts: seen.facts, processes: next });
    else for (const info of next) hold(withSince(info, undefined));
    report.refine(changed.flatMap((name) => processes.get(name) ?? []));
    for (const t of written) transitions.publish(t);
    absence.seen(atMs);
    return differing;
  }

  return {
    process: (name) => processes.get(name),
    processes: () => [...processes.values()],
    transitions,
    onSnapshot(seen, atMs) {
      if (absence.isAway()) {
        find(seen, atMs);
        return true;
      }
      const known = seen.processes.filter((info) => processes.has(nameOf(info)));
      const changed = follow(known, atMs);
      const isSameSet = known.length === seen.processes.length && processes.size === known.length;
      const groups = isSameSet ? [] : groupChanges([...processes.values()], seen.processes, atMs);
      journal.append(groups);
      if (!isSameSet || !sameFacts(facts, seen.facts)) replaceAll(seen);
      absence.seen(atMs);
      return changed || !isSameSet;
    },
    onProcesses: follow,
    onAside: aside,
    isAway: absence.isAway,
    show() {
      if (facts !== null) report.snapshot(facts, [...processes.values()]);
    },
    onTransition(transition, details) {
      const before = processes.get(nameOf(transition));
      const [written] = record([transition], new Map(details === null ? [] : [[nameOf(details), details]]));
      const isExpected = written === undefined || report.transition(written);
      if (before !== undefined) hold(applyTransition(before, { ...transition, seq: 0 }));
      if (before !== undefined && details?.state === transition.toState)
        report.refine([hold(withEvent(details, transition))]);
      transitions.publish(transition);
      return isExpected && before?.state === transition.fromState;
    },
    onSupervisorState(state, atMs) {
      if (facts?.state === state) return;
      journal.append([{ kind: "supervisor", atMs, state }]);
      if (facts !== null) facts = { ...facts, state };
      report.supervisord(state);
    },
    onGroup: (group, change, atMs) => void journal.append([{ kind: "group", atMs, group, change }]),
    onLost: (reason) => absence.begin(facts?.state === "STOPPING" ? "supervisord_not_running" : reason),
    onAlive: absence.seen,
    end: () => absence.begin("not_watched"),
  };
}

const withEvent = (info: ProcessInfo, { atMs, tries, expected }: Sampled): ProcessInfo => ({
  ...info,
  sinceMs: atMs,
  tries,
  expected,
});

/** Whatever clocks say: only what an event would have told. */
const contradicts = (before: ProcessInfo | undefined, now: ProcessInfo): boolean =>
  before !== undefined &&
  (before.state !== now.state || (before.pid !== null && now.pid !== null && before.pid !== now.pid));
