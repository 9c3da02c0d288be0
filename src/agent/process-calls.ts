import type { Call, CallResult } from "../protocol/agent.ts";
import { namespec } from "../domain/names.ts";
import { faultError, faultName, STATUS_SUCCESS } from "../supervisord/faults.ts";
import { multicall, type RpcCall, type RpcOutcome } from "../supervisord/multicall.ts";
import type { Rpc } from "../supervisord/rpc-client.ts";
import { failed } from "./call-failure.ts";

export type ProcessCall = Extract<
  Call,
  { method: "startProcess" | "stopProcess" | "signalProcess" | "restartProcess" }
> & {
  method: "startProcess" | "stopProcess" | "signalProcess";
};

export const isProcessCall = (call: Call): call is ProcessCall =>
  call.method === "startProcess" || call.method === "stopProcess" || call.method === "signalProcess";

/** Each start is a fork in supervisord, which does nothing else meanwhile: so many and then others get their turn. */
const CALLS_PER_REQUEST = 50;

/** In order; a request that fails as a whole fails its own calls and leaves the others. */
export async function callProcesses(rpc: Rpc, calls: readonly ProcessCall[]): Promise<CallResult[]> {
  const results: CallResult[] = [];
  for (let i = 0; i < calls.length; i += CALLS_PER_REQUEST) {
    const chunk = calls.slice(i, i + CALLS_PER_REQUEST).map(rpcCallOf);
    try {
      results.push(...(await multicall(rpc, chunk)).map((outcome, n) => resultOf(chunk[n]?.what ?? "", outcome)));
    } catch (error) {
      results.push(...chunk.map(() => failed(error)));
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
  }
}

export function resultOf(what: string, outcome: RpcOutcome): CallResult {
  if ("error" in outcome) return failed(outcome.error);
  const statuses = parseStatuses(outcome.value);
  if (statuses === null) return { ok: true };
  const verb = what.split(" ")[0] ?? what;
  return {
    ok: true,
    processes: statuses.map(({ group, name, status, description }) => {
      const spec = namespec(group, name);
      if (status === STATUS_SUCCESS) return { namespec: spec, ok: true };
      const fault = faultError(`${verb} ${spec}`, { faultCode: status, faultString: description });
      return { namespec: spec, ok: false, code: faultName(status), message: fault.message };
    }),
  };
}

type Status = { readonly group: string; readonly name: string; readonly status: number; readonly description: string };

/** The answer of a call for `group:*`; null for that of a single process. */
export function parseStatuses(value: unknown): Status[] | null {
  if (!Array.isArray(value)) return null;
  return value.map((item: Record<string, unknown>) => ({
    group: String(item.group),
    name: String(item.name),
    status: Number(item.status),
    description: String(item.description ?? ""),
  }));
}
