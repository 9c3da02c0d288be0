import { MultivisorError } from "../../domain/errors.ts";
import type { Namespec } from "../../domain/names.ts";
import type { ProcessInfo } from "../../domain/process.ts";
import { answerOf, multicall, type RpcCall, type RpcOutcome } from "../../supervisord/multicall.ts";
import { parseAllProcessInfo, parseProcessInfo } from "../../supervisord/process-info.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { LookedAt } from "./link-knowledge.ts";

/** While it stops or restarts, supervisord answers nothing else. */
export type Stopping = "stopping";

const call = (method: string, ...params: string[]): RpcCall => ({ method: `supervisor.${method}`, params });

/** All that a supervisord says of itself and its processes, in one request. @throws MultivisorError */
export async function lookAtAll(rpc: Rpc): Promise<LookedAt | Stopping> {
  const outcomes = await multicall(rpc, [
    call("getIdentification"),
    call("getPID"),
    call("getAPIVersion"),
    call("getSupervisorVersion"),
    call("getAllProcessInfo"),
  ]);
  if (outcomes.some(isStopping)) return "stopping";
  const [identification, pid, apiVersion, supervisorVersion, processes] = outcomes;
  return {
    facts: {
      identification: text(answerOf(identification)),
      pid: number(answerOf(pid)),
      apiVersion: text(answerOf(apiVersion)),
      supervisorVersion: text(answerOf(supervisorVersion)),
      state: "RUNNING",
    },
    processes: parseAllProcessInfo(answerOf(processes)),
  };
}

/** Some processes; `gone` are those of which it does not know. @throws MultivisorError */
export async function lookAtSome(
  rpc: Rpc,
  names: readonly Namespec[],
): Promise<{ readonly processes: ProcessInfo[]; readonly gone: readonly Namespec[] } | Stopping> {
  const outcomes = await multicall(
    rpc,
    names.map((name) => call("getProcessInfo", name)),
  );
  if (outcomes.some(isStopping)) return "stopping";
  const isGone = (outcome: RpcOutcome | undefined) => codeOf(outcome) === "BAD_NAME";
  return {
    processes: outcomes.filter((outcome) => !isGone(outcome)).map((outcome) => parseProcessInfo(answerOf(outcome))),
    gone: names.filter((_, i) => isGone(outcomes[i])),
  };
}

const codeOf = (outcome: RpcOutcome | undefined) =>
  outcome !== undefined && "error" in outcome ? outcome.error.code : null;
const isStopping = (outcome: RpcOutcome) => codeOf(outcome) === "SHUTDOWN_STATE";

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new MultivisorError("BAD_WIRE", "Cannot read what supervisord says of itself: text expected");
}

function number(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value)) return value;
  throw new MultivisorError("BAD_WIRE", "Cannot read what supervisord says of itself: number expected");
}
