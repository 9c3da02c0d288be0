import { applyTransition } from "../domain/apply-transition.ts";
import { type Death, deathOf } from "../domain/death.ts";
import type { Detail, Transition } from "../domain/journal-entry.ts";
import {
  type Namespec,
  namespec,
  type ProcessUid,
  parseUid,
  processUid,
  type SupervisorName,
} from "../domain/names.ts";
import { type NotificationLevel, type NotificationSubject, transitionNotification } from "../domain/notification.ts";
import type { FleetProcess, ProcessInfo } from "../domain/process.ts";
import { RIGHTS, type Right } from "../domain/rights.ts";
import type { LinkKind, LinkSecurity, LinkState, Supervisor, SupervisorFacts } from "../domain/supervisor.ts";
import { createBroadcast } from "../lib/broadcast.ts";
import type { Resources } from "../protocol/agent.ts";
import type { FleetChange } from "./fleet-change.ts";
import type { FleetView } from "./fleet-view.ts";
import { foundTransition, unseen } from "./never-told.ts";

/** What the configuration says of a supervisor, without its secrets. */
export type FleetMember = {
  readonly name: SupervisorName;
  readonly url: string;
  readonly host: string;
  readonly linkKind: LinkKind;
};

/** What a link reports of its supervisor. */
export type LinkReport = {
  readonly link: (state: LinkState) => void;
  /** which kind is in use, where the configuration leaves that open */
  readonly kind: (kind: LinkKind) => void;
  readonly agent: (version: string | null, self: Namespec | null, timeZone?: string | null) => void;
  /** what the host lets hubs do, and what keeps others out */
  readonly door: (allows: readonly Right[], secured: LinkSecurity) => void;
  readonly clock: (offsetMs: number) => void;
  /** Replaces all that was known of it. */
  readonly snapshot: (facts: SupervisorFacts, processes: readonly ProcessInfo[]) => void;
  /** @returns false where it contradicts what was known: ask anew */
  readonly transition: (transition: Transition) => boolean;
  /** More of processes whose state is as known; those that have moved on meanwhile are left alone. */
  readonly refine: (processes: readonly ProcessInfo[]) => void;
  readonly supervisord: (state: SupervisorFacts["state"]) => void;
  /** What its processes use. */
  readonly resources: (message: Resources) => void;
  /** More of a transition that was told before. */
  readonly detail: (detail: Detail) => void;
};

export type Fleet = FleetView & {
  /** Sets who belongs to the fleet, in this order; who stays keeps what is known of it. */
  readonly configure: (members: readonly FleetMember[]) => void;
  readonly report: (name: SupervisorName) => LinkReport;
  readonly notify: (message: string, level: NotificationLevel, about?: NotificationSubject) => void;
};

export type OnResources = (supervisor: SupervisorName, message: Resources) => void;

/** What the history knows of the last death of a process. */
export type LastDeath = (supervisor: SupervisorName, process: Namespec) => Death | null;

type Record = {
  /** as configured; the link may have found out better */
  readonly member: FleetMember;
  supervisor: Supervisor;
  readonly processes: Map<Namespec, FleetProcess>;
  self: Namespec | null;
};

/** Two readings of a host's clock that differ by less are the same: the rest is the network's doing. */
const CLOCK_STEP_MS = 1_000;

/**
 * The state of all supervisors, folded from what the links report. Everything here is in memory and synchronous: when a
 * report returns, all listeners have been told.
 * @param nowMs the hub's clock
 * @param hidesAgents leave the agents' own processes out
 */
export function createFleet(deps: {
  readonly nowMs: () => number;
  readonly hidesAgents: () => boolean;
  readonly lastDeath?: LastDeath | undefined;
  readonly onResources?: OnResources | undefined;
}): Fleet {
  let records = new Map<SupervisorName, Record>();
  let shown = new Map<SupervisorName, Supervisor>();
  let version = 0;
  const changes = createBroadcast<FleetChange>();

  const tell = (change: FleetChange) => {
    if (change.kind !== "notification") version++;
    changes.publish(change);
  };
  const replace = (record: Record, part: Partial<Supervisor>) => {
    record.supervisor = { ...record.supervisor, ...part };
    shown.set(record.supervisor.name, record.supervisor);
  };
  const tellSupervisor = (record: Record, added: readonly ProcessUid[] = []) =>
    tell({ kind: "supervisor", supervisor: record.supervisor, added });
  const put = (record: Record, info: ProcessInfo): FleetProcess => {
    const key = namespec(info.group, info.name);
    const name = record.supervisor.name;
    const process = {
      ...info,
      uid: processUid(name, info.group, info.name),
      supervisor: name,
      isAgent: key === record.self,
      death: record.processes.has(key) ? (record.processes.get(key)?.death ?? null) : deathBefore(name, info),
    };
    record.processes.set(key, process);
    return process;
  };
  const putUnseen = (record: Record, transition: Transition): FleetProcess =>
    put(record, applyTransition(unseen(transition), transition));
  /** Of one that is listed for the first time, and not well: the history may know why. */
  const deathBefore = (name: SupervisorName, info: ProcessInfo): Death | null =>
    info.state === "FATAL" || info.state === "BACKOFF" || info.state === "EXITED"
      ? (deps.lastDeath?.(name, namespec(info.group, info.name)) ?? null)
      : null;
  const tellTransition = (process: FleetProcess, transition: Transition) => {
    tell({ kind: "transition", process, transition });
    const notification = transitionNotification(process, transition, deps.nowMs());
    tell({ kind: "notification", notification });
  };

  function applySnapshot(record: Record, facts: SupervisorFacts, processes: readonly ProcessInfo[]): void {
    const present = new Set<Namespec>();
    const added: ProcessUid[] = [];
    for (const info of processes) {
      const key = namespec(info.group, info.name);
      if (key === record.self && deps.hidesAgents()) continue;
      present.add(key);
      const before = record.processes.get(key);
      const process = put(record, info);
      if (before === undefined) added.push(process.uid);
      else if (before.state !== info.state) tellTransition(process, foundTransition(before, process));
    }
    for (const [key, process] of record.processes) {
      if (present.has(key)) continue;
      record.processes.delete(key);
      tell({ kind: "process_removed", uid: process.uid, supervisor: process.supervisor });
    }
    replace(record, { facts });
    tellSupervisor(record, added);
  }

  function applyOne(record: Record, transition: Transition): boolean {
    const key = namespec(transition.group, transition.name);
    if (key === record.self && deps.hidesAgents()) return true;
    const before = record.processes.get(key);
    const process = before === undefined ? putUnseen(record, transition) : applyTransition(before, transition);
    record.processes.set(key, process);
    tellTransition(process, transition);
    return before !== undefined && (transition.fromState === null || before.state === transition.fromState);
  }

  function refineOne(record: Record, info: ProcessInfo): void {
    const before = record.processes.get(namespec(info.group, info.name));
    if (before === undefined || before.state !== info.state) return;
    tell({ kind: "process", process: put(record, info) });
  }

  function applyDetail(record: Record, detail: Detail): void {
    const key = namespec(detail.group, detail.name);
    const before = record.processes.get(key);
    const death = deathOf(detail);
    if (before === undefined || death === null) return;
    const process = { ...before, death };
    record.processes.set(key, process);
    tell({ kind: "process", process });
  }

  /** A link may outlive its supervisor's place in the fleet by a moment: what it says then is for nobody. */
  const withRecord = (name: SupervisorName, act: (record: Record) => void): void => {
    const record = records.get(name);
    if (record !== undefined) act(record);
  };

  const report = (name: SupervisorName): LinkReport => ({
    link: (link) =>
      withRecord(name, (record) => {
        replace(record, { link });
        tellSupervisor(record);
      }),
    kind: (linkKind) =>
      withRecord(name, (record) => {
        if (record.supervisor.linkKind === linkKind) return;
        replace(record, { linkKind, ...OPEN_DOOR });
        tellSupervisor(record);
      }),
    door: (allows, secured) =>
      withRecord(name, (record) => {
        const { supervisor } = record;
        if (supervisor.secured === secured && supervisor.allows.join() === allows.join()) return;
        replace(record, { allows, secured });
        tellSupervisor(record);
      }),
    agent: (agentVersion, self, timeZone = null) =>
      withRecord(name, (record) => {
        record.self = self;
        replace(record, { agentVersion, timeZone });
      }),
    clock: (clockOffsetMs) =>
      withRecord(name, (record) => {
        const told = record.supervisor.clockOffsetMs;
        if (told !== null && Math.abs(told - clockOffsetMs) < CLOCK_STEP_MS) return;
        replace(record, { clockOffsetMs });
        tellSupervisor(record);
      }),
    snapshot: (facts, processes) => withRecord(name, (record) => applySnapshot(record, facts, processes)),
    transition(transition) {
      const record = records.get(name);
      return record === undefined || applyOne(record, transition);
    },
    refine: (processes) => withRecord(name, (record) => processes.forEach((info) => void refineOne(record, info))),
    supervisord: (state) =>
      withRecord(name, (record) => {
        if (record.supervisor.facts === null || record.supervisor.facts.state === state) return;
        replace(record, { facts: { ...record.supervisor.facts, state } });
        tellSupervisor(record);
      }),
    resources: (message) => withRecord(name, () => deps.onResources?.(name, message)),
    detail: (detail) => withRecord(name, (record) => applyDetail(record, detail)),
  });

  return {
    supervisors: () => shown,
    process(uid) {
      const parts = parseUid(uid);
      return parts === null
        ? null
        : (records.get(parts.supervisor)?.processes.get(namespec(parts.group, parts.name)) ?? null);
    },
    version: () => version,
    subscribe: changes.subscribe,
    report,
    notify: (message, level, about = {}) =>
      tell({ kind: "notification", notification: { ...about, message, level, timeMs: deps.nowMs() } }),
    configure(members) {
      const before = records;
      records = new Map(
        members.map((member) => [member.name, keptOrNew(before.get(member.name), member, deps.nowMs())]),
      );
      shown = new Map([...records].map(([name, record]) => [name, record.supervisor]));
      for (const name of before.keys()) if (!records.has(name)) tell({ kind: "supervisor_removed", name });
      for (const [name, record] of records) if (before.get(name) !== record) tellSupervisor(record);
    },
  };
}

/** Until the agent says otherwise. */
const OPEN_DOOR = { allows: RIGHTS, secured: null } as const;

/** Unchanged members keep their record itself, so that nobody is told of them. */
function keptOrNew(before: Record | undefined, member: FleetMember, nowMs: number): Record {
  const same =
    before !== undefined &&
    before.member.url === member.url &&
    before.member.host === member.host &&
    before.member.linkKind === member.linkKind;
  if (same) return before;
  const processes = new Map<Namespec, FleetProcess>();
  const link = { status: "connecting", sinceMs: nowMs } as const;
  const unknown = {
    link,
    facts: null,
    agentVersion: null,
    timeZone: null,
    clockOffsetMs: null,
    ...OPEN_DOOR,
    processes,
  };
  return { member, supervisor: { ...member, ...unknown }, processes, self: null };
}
