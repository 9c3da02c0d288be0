import type { CallResult } from "../domain/call.ts";
import { namespec } from "../domain/names.ts";
import { callFailure } from "./call-failure.ts";
import { faultError, faultName, STATUS_SUCCESS } from "./faults.ts";
import type { RpcOutcome } from "./multicall.ts";

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

/** @param what "start web:*" */
export function resultOf(what: string, outcome: RpcOutcome): CallResult {
  if ("error" in outcome) return callFailure(outcome.error);
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
