import { MultivisorError } from "../domain/errors.ts";
import type { ProcessInfo } from "../domain/process.ts";
import type { SupervisorFacts } from "../domain/supervisor.ts";
import { answerOf, multicall, type RpcCall } from "../supervisord/multicall.ts";
import { parseAllProcessInfo } from "../supervisord/process-info.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";

export const SYNC_EVENT_TYPE = "multivisor-sync";

export type SnapshotAnswer = { readonly facts: SupervisorFacts; readonly processes: readonly ProcessInfo[] };

const call = (method: string, ...params: string[]): RpcCall => ({ method: `supervisor.${method}`, params });

/**
 * Asks for all processes and has supervisord announce `mark` in the same breath: supervisord does the calls of a
 * multicall in one go, so every event before the mark is in the answer, and none after it.
 * @throws MultivisorError SHUTDOWN_STATE while supervisord stops or restarts; what `rpc` throws
 */
export async function querySnapshot(rpc: Rpc, mark: string): Promise<SnapshotAnswer> {
  const [identification, pid, api, version, processes] = await multicall(rpc, [
    call("getIdentification"),
    call("getPID"),
    call("getAPIVersion"),
    call("getSupervisorVersion"),
    call("getAllProcessInfo"),
    call("sendRemoteCommEvent", SYNC_EVENT_TYPE, mark),
  ]);
  return {
    facts: {
      identification: text(answerOf(identification)),
      pid: Number(answerOf(pid)),
      apiVersion: text(answerOf(api)),
      supervisorVersion: text(answerOf(version)),
      state: "RUNNING",
    },
    processes: parseAllProcessInfo(answerOf(processes)),
  };
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  throw new MultivisorError("BAD_WIRE", "Cannot read what supervisord says of itself: text expected");
}
