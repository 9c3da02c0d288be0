import { type ProcessUid, parseUid } from "../../domain/names.ts";
import { isExactUid, uidMatcher } from "../../domain/pattern.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { Supervisor } from "../../domain/supervisor.ts";
import { isGlob } from "../../lib/glob.ts";
import type { FleetView } from "../fleet-view.ts";
import type { ProcessResult } from "./action-result.ts";

export type Targets = {
  readonly processes: readonly FleetProcess[];
  /** targets that nothing is to be asked of, each with the reason */
  readonly refused: readonly ProcessResult[];
};

/**
 * Which processes a client means. A name that nobody bears is refused; a glob may match nothing, and what is the name of a
 * process is that process alone, even where it could be read as a glob. An agent's own process is meant only by its exact
 * uid: "stop everything" must not cut the hub off from the host.
 */
export function resolveTargets(fleet: FleetView, patterns: readonly string[]): Targets {
  const processes = new Map<ProcessUid, FleetProcess>();
  const refused = new Map<string, ProcessResult>();
  for (const pattern of patterns) {
    const named = fleet.process(pattern as ProcessUid);
    if (named !== null) {
      processes.set(named.uid, named);
      continue;
    }
    if (isExactUid(pattern)) {
      refused.set(pattern, unknownUid(fleet, pattern));
      continue;
    }
    const matches = [...matching(fleet, pattern)];
    if (matches.length === 0 && !isGlob(pattern)) refused.set(pattern, unknownUid(fleet, pattern));
    for (const process of matches) {
      if (process.isAgent) refused.set(process.uid, protectedAgent(process));
      else processes.set(process.uid, process);
    }
  }
  for (const uid of processes.keys()) refused.delete(uid);
  return { processes: [...processes.values()], refused: [...refused.values()] };
}

function* matching(fleet: FleetView, pattern: string): Generator<FleetProcess> {
  const matches = uidMatcher(pattern);
  for (const supervisor of fleet.supervisors().values())
    for (const process of supervisor.processes.values()) if (matches(process.uid)) yield process;
}

export const protectedAgent = (process: FleetProcess): ProcessResult => ({
  uid: process.uid,
  ok: false,
  code: "AGENT_PROTECTED",
  message: `${process.uid} is the multivisor agent of ${process.supervisor}: left alone, unless it is named exactly`,
  state: process.state,
});

/** After a restart of the hub the processes of a host that is down are not known: that is not "no such process". */
function unknownUid(fleet: FleetView, uid: string): ProcessResult {
  const supervisor = fleet.supervisors().get(parseUid(uid)?.supervisor ?? "");
  const isDown = supervisor !== undefined && supervisor.link.status !== "live";
  return {
    uid,
    ok: false,
    code: isDown ? "HOST_UNREACHABLE" : "BAD_NAME",
    message: isDown ? `${supervisor.name} is down: ${downReason(supervisor)}` : `no such process: ${uid}`,
    state: null,
  };
}

export const downReason = ({ link }: Supervisor): string =>
  link.status === "down" ? link.reason : link.status === "connecting" ? "not connected yet" : "live";
