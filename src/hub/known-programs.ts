import type { ProgramConfiguration } from "../domain/call.ts";
import type { SupervisorName } from "../domain/names.ts";
import { orLate } from "../lib/or-late.ts";
import type { Fleet } from "./fleet.ts";
import type { ReadPrograms } from "./read-programs.ts";

/** Of 500 programs the answer costs a supervisord tens of milliseconds: pages do not ask for it each time. */
const KEPT_MS = 600_000;
const LATE_MS = 1_000;
/** After a failure; a supervisord that cannot tell is not asked again with each page. */
const FAILED_MS = 60_000;

type Known = {
  /** of the supervisord that was asked */
  readonly pid: number | null;
  readonly untilMs: number;
  readonly programs: Promise<readonly ProgramConfiguration[]>;
};

/** @returns null where it is not known now */
export type KnownProgram = (
  supervisor: SupervisorName,
  group: string,
  name: string,
) => Promise<ProgramConfiguration | null>;

/** What supervisords have read of their configuration, asked for once until it may be another. */
export function knownPrograms(fleet: Fleet, read: ReadPrograms, now: () => number = Date.now): KnownProgram {
  const known = new Map<SupervisorName, Known>();
  fleet.subscribe((change) => {
    if (change.kind === "process_removed") known.delete(change.supervisor);
    if (change.kind === "supervisor_removed") known.delete(change.name);
  });

  function ask(supervisor: SupervisorName): Promise<readonly ProgramConfiguration[]> {
    const pid = fleet.supervisors().get(supervisor)?.facts?.pid ?? null;
    const kept = known.get(supervisor);
    if (kept !== undefined && kept.pid === pid && now() < kept.untilMs) return kept.programs;
    const programs = read(supervisor).catch(() => {
      known.set(supervisor, { pid, untilMs: now() + FAILED_MS, programs: Promise.resolve([]) });
      return [];
    });
    known.set(supervisor, { pid, untilMs: now() + KEPT_MS, programs });
    return programs;
  }

  return async (supervisor, group, name) => {
    if (fleet.supervisors().get(supervisor)?.link.status !== "live") return null;
    const programs = await orLate(ask(supervisor), LATE_MS);
    return programs?.find((one) => one.group === group && one.name === name) ?? null;
  };
}
