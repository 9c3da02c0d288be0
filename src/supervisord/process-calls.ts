import type { Call, CallResult } from "../domain/call.ts";
import { callFailure } from "./call-failure.ts";
import type { RpcCall, RpcOutcome } from "./multicall.ts";
import { resultOf } from "./process-statuses.ts";

export type ProcessCall = Extract<Call, { namespec: string }> & {
  readonly method: "startProcess" | "stopProcess" | "signalProcess" | "clearProcessLogs" | "sendProcessStdin";
};

const METHODS: readonly string[] = [
  "startProcess",
  "stopProcess",
  "signalProcess",
  "clearProcessLogs",
  "sendProcessStdin",
];

export const isProcessCall = (call: Call): call is ProcessCall => METHODS.includes(call.method);

/** Several calls, done in order; one outcome for each. */
export type CallAll = (calls: readonly RpcCall[]) => Promise<RpcOutcome[]>;

/** Each start is a fork in supervisord, which does nothing else meanwhile: so many and then others get their turn. */
const CALLS_PER_REQUEST = 50;

/** In order; a request that fails as a whole fails its own calls and leaves the others. */
export async function callProcesses(callAll: CallAll, calls: readonly ProcessCall[]): Promise<CallResult[]> {
  const results: CallResult[] = [];
  for (let i = 0; i < calls.length; i += CALLS_PER_REQUEST) {
    const chunk = calls.slice(i, i + CALLS_PER_REQUEST).map(rpcCallOf);
    try {
      results.push(...(await callAll(chunk)).map((outcome, n) => resultOf(chunk[n]?.what ?? "", outcome)));
    } catch (error) {
      results.push(...chunk.map(() => callFailure(error)));
    }
  }
  return results;
}

/** Never with wait=true: supervisord would spin at full load until the process is gone. */
function rpcCallOf(call: ProcessCall): RpcCall {
  const method = `supervisor.${call.method}`;
  switch (call.method) {
    case "startProcess":
      return { method, params: [call.namespec, false], what: `start ${call.namespec}` };
    case "stopProcess":
      return { method, params: [call.namespec, false], what: `stop ${call.namespec}` };
    case "signalProcess":
      return { method, params: [call.namespec, call.signal], what: `signal ${call.namespec}` };
    case "sendProcessStdin":
      return { method, params: [call.namespec, call.chars], what: `write to stdin of ${call.namespec}` };
    case "clearProcessLogs":
      return { method, params: [call.namespec], what: `clear logs of ${call.namespec}` };
  }
}
