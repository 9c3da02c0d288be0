import type { Call, CallResult } from "../domain/call.ts";
import { callFailure } from "./call-failure.ts";
import type { CarryOutDeps, ReportFailure } from "./carry-out-deps.ts";
import { callProcesses, isProcessCall } from "./process-calls.ts";
import { programConfigurations } from "./program-configurations.ts";
import { restartProcess } from "./restart-process.ts";
import { reread, updateGroups } from "./update-groups.ts";

/** Does what was asked, in order; answers when supervisord has accepted or refused each, not when it is done. */
export async function carryOut(
  deps: CarryOutDeps,
  calls: readonly Call[],
  report: ReportFailure,
): Promise<CallResult[]> {
  const results: CallResult[] = [];
  for (let i = 0; i < calls.length; ) {
    const run = runOfProcessCalls(calls, i);
    if (run.length > 0) results.push(...(await callProcesses(deps.callAll, run)));
    else results.push(await doCall(deps, calls[i], report));
    i += Math.max(1, run.length);
  }
  return results;
}

/** Calls in a row that may go to supervisord in one request. */
function runOfProcessCalls(calls: readonly Call[], from: number) {
  const end = calls.findIndex((call, i) => i >= from && !isProcessCall(call));
  return calls.slice(from, end < 0 ? undefined : end).filter(isProcessCall);
}

async function doCall(deps: CarryOutDeps, call: Call | undefined, report: ReportFailure): Promise<CallResult> {
  try {
    if (call !== undefined) return await doOther(deps, call, report);
    return { ok: true };
  } catch (error) {
    return callFailure(error);
  }
}

async function doOther(deps: CarryOutDeps, call: Call, report: ReportFailure): Promise<CallResult> {
  switch (call.method) {
    case "startProcess":
    case "stopProcess":
    case "clearProcessLogs":
    case "sendProcessStdin":
    case "signalProcess": // came with others of their kind
      throw new Error(`${call.method} out of place`);
    case "restartProcess":
      return restartProcess(deps, call.namespec, report);
    case "avail":
      return { ok: true, programs: await programConfigurations(deps.rpc) };
    case "addGroup":
      await deps.rpc("supervisor.addProcessGroup", call.group);
      return { ok: true };
    case "removeGroup":
      await deps.rpc("supervisor.removeProcessGroup", call.group);
      return { ok: true };
    case "reread":
      return { ok: true, reread: await reread(deps.rpc) };
    case "update":
      return { ok: true, reread: await updateGroups(deps, call.groups, report) };
    case "restart":
    case "shutdown":
      await deps.rpc(`supervisor.${call.method}`);
      return { ok: true };
  }
}
