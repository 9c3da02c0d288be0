import type { ErrorCode } from "../../domain/errors.ts";
import { type Namespec, namespec, type ProcessUid, type SupervisorName } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { type Call, type CallResult, type Failure, MAX_CALLS } from "../../protocol/agent.ts";
import type { Fleet } from "../fleet.ts";
import { type RecordCommand, recordNothing } from "../history/command-record.ts";
import { type Asked, recordProcesses } from "../history/record-command.ts";
import type { Link } from "../links/link.ts";
import type { ActionProgress } from "./action-log.ts";
import { failureOf, isHarmless, type ProcessResult } from "./action-result.ts";
import { type Follower, followOutcomes, type ProcessAction } from "./follow-outcome.ts";
import { tellLater } from "./late-outcome.ts";
import type { Requester } from "./requester.ts";
import { resolveTargets } from "./targets.ts";

const METHOD = { start: "startProcess", stop: "stopProcess", restart: "restartProcess" } as const;

/** How long a caller is kept waiting for the outcome; what was accepted goes on after that. */
export const OUTCOME_TIMEOUT_MS = 30_000;

/** Nobody asks how it goes. */
export const UNTOLD: ActionProgress = { targets: () => {}, result: () => {} };

export type ProcessActions = {
  /**
   * @param by absent: the hub's own doing
   * @returns one result for each target, refused ones included, when all outcomes are known or overdue
   */
  readonly perform: (
    action: ProcessAction,
    patterns: readonly string[],
    by?: Requester,
    /** told of each outcome as it comes */
    progress?: ActionProgress,
  ) => Promise<ProcessResult[]>;
  readonly signal: (patterns: readonly string[], signal: string, by?: Requester) => Promise<ProcessResult[]>;
  /** Writes to the stdin of each. */
  readonly stdin: (patterns: readonly string[], chars: string, by?: Requester) => Promise<ProcessResult[]>;
  /** Deletes the logs of each, and begins them anew. */
  readonly clearLogs: (patterns: readonly string[], by?: Requester) => Promise<ProcessResult[]>;
  /** A link reports that an accepted call could not be finished. */
  readonly failed: (supervisor: SupervisorName, failure: Failure) => void;
};

export function createProcessActions(deps: {
  readonly fleet: Fleet;
  readonly link: (name: SupervisorName) => Link | null;
  /** where it is written down who asked for what */
  readonly record?: RecordCommand;
  readonly nowMs?: () => number;
  readonly outcomeTimeoutMs?: number;
}): ProcessActions {
  const { fleet, link, outcomeTimeoutMs = OUTCOME_TIMEOUT_MS, record = recordNothing, nowMs = Date.now } = deps;
  const recording = { record, fleet, nowMs };
  const followers = new Set<Follower>();

  /** @returns for each process null where supervisord accepted, else what it said */
  async function send(supervisor: SupervisorName, processes: readonly FleetProcess[], call: (of: Namespec) => Call) {
    const refusals = new Map<ProcessUid, ProcessResult>();
    for (const batch of batches(processes, MAX_CALLS)) {
      const results = await sendBatch(
        link(supervisor),
        batch.map((p) => call(namespec(p.group, p.name))),
      );
      batch.forEach((process, i) => {
        const refusal = toRefusal(process, results[i]);
        if (refusal !== null) refusals.set(process.uid, refusal);
      });
    }
    return refusals;
  }

  async function performOn(
    action: ProcessAction,
    supervisor: SupervisorName,
    processes: readonly FleetProcess[],
    progress: ActionProgress,
  ) {
    const follower = followOutcomes(
      fleet,
      processes.map((p) => p.uid),
    );
    followers.add(follower);
    const startMs = Date.now();
    const end = () => {
      follower.end();
      followers.delete(follower);
    };
    try {
      const refusals = await send(supervisor, processes, (of) => ({ method: METHOD[action], namespec: of }));
      const results = await Promise.all(
        processes.map(async (p) => {
          const result = refusals.get(p.uid) ?? (await follower.outcome(action, p.uid, outcomeTimeoutMs));
          progress.result(result);
          return result;
        }),
      );
      void tellLater({ fleet, follower }, action, results, startMs).finally(end);
      return results;
    } catch (error) {
      end();
      throw error;
    }
  }

  const perSupervisor = async (
    asked: Asked,
    act: (supervisor: SupervisorName, processes: readonly FleetProcess[]) => Promise<ProcessResult[]>,
    progress: ActionProgress = UNTOLD,
  ) => {
    const { processes, refused } = resolveTargets(asked.by?.view ?? fleet, asked.patterns);
    progress.targets(processes.map(({ uid }) => uid));
    for (const refusal of refused) progress.result(refusal);
    const record = recordProcesses(recording, asked, processes);
    const groups = Map.groupBy(processes, (process) => process.supervisor);
    const results = await Promise.all([...groups].map(([supervisor, members]) => act(supervisor, members)));
    record([...results.flat(), ...refused.filter((refusal) => !isHarmless(refusal))]);
    return [...results.flat(), ...refused];
  };

  /** What is done when supervisord has said yes. */
  const tell = (asked: Asked, call: (of: Namespec) => Call) =>
    perSupervisor(asked, async (supervisor, processes) => {
      const refusals = await send(supervisor, processes, call);
      return processes.map((p) => refusals.get(p.uid) ?? ({ uid: p.uid, ok: true, state: p.state } as const));
    });

  return {
    async perform(action, patterns, by, progress = UNTOLD) {
      const results = await perSupervisor(
        { by, method: action, detail: "", patterns },
        (supervisor, processes) => performOn(action, supervisor, processes, progress),
        progress,
      );
      for (const result of results) announce(fleet, action, result);
      return results;
    },
    signal: (patterns, signal, by) =>
      tell({ by, method: "signal", detail: signal, patterns }, (namespec) => ({
        method: "signalProcess",
        namespec,
        signal,
      })),
    stdin: (patterns, chars, by) =>
      tell({ by, method: "stdin", detail: "", patterns }, (namespec) => ({
        method: "sendProcessStdin",
        namespec,
        chars,
      })),
    clearLogs: (patterns, by) =>
      tell({ by, method: "clear_logs", detail: "", patterns }, (namespec) => ({
        method: "clearProcessLogs",
        namespec,
      })),
    failed(supervisor, failure) {
      const uid = `${supervisor}:${failure.namespec}` as ProcessUid;
      const state = fleet.process(uid)?.state ?? null;
      const result = { uid, ok: false, code: failure.code as ErrorCode, message: failure.message, state } as const;
      const followed = [...followers].map((follower) => follower.fail(uid, result));
      if (!followed.includes(true)) announce(fleet, "restart", result);
    },
  };
}

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size);
}

/** A command that failed as a whole failed for each of its calls. */
const sendBatch = async (link: Link | null, calls: readonly Call[]): Promise<CallResult[]> => {
  const all = (result: CallResult) => calls.map(() => result);
  if (link === null)
    return all({ ok: false, code: "HOST_UNREACHABLE", message: "the supervisor has left the configuration" });
  return link.command(calls).catch((error) => all(failureOf(error)));
};

function toRefusal(process: FleetProcess, result: CallResult | undefined): ProcessResult | null {
  if (result === undefined || result.ok) return null;
  return { uid: process.uid, ok: false, code: result.code as ErrorCode, message: result.message, state: process.state };
}

/** Wording of Multivisor 6. */
function announce(fleet: Fleet, action: ProcessAction, result: ProcessResult): void {
  if (result.ok || isHarmless(result)) return;
  if (result.pending) {
    fleet.notify(`Waiting longer: ${result.message}`, "INFO");
    return;
  }
  const process = fleet.process(result.uid as ProcessUid);
  if (process === null) return;
  const { uid, supervisor, name } = process;
  // A restart that failed could not stop it, or could not start it again: as Multivisor 6 told it.
  const stillThere = process.state === "RUNNING" || process.state === "STOPPING";
  const verb = action === "restart" ? (stillThere ? "stop" : "start") : action;
  fleet.notify(`Error trying to ${verb} ${name} on ${supervisor}!`, "ERROR", {
    supervisor,
    uid,
    reason: result.message,
  });
}
