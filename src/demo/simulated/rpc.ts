import { MultivisorError } from "../../domain/errors.ts";
import type { Rpc } from "../../supervisord/rpc-client.ts";
import type { SimulatedLogs } from "./logs.ts";
import { logMethods } from "./rpc-log-methods.ts";
import { rpcMethods } from "./rpc-methods.ts";
import { faultOf } from "./rpc-faults.ts";
import type { SimulatedSupervisord } from "./supervisord.ts";

type Call = { readonly methodName: string; readonly params?: readonly unknown[] };

/**
 * XML-RPC of a simulated supervisord, without the XML.
 * @param logs null: it keeps none
 */
export function createSimulatedRpc(supervisord: SimulatedSupervisord, logs: SimulatedLogs | null = null): Rpc {
  const methods = { ...rpcMethods(supervisord, logs), ...logMethods(supervisord, logs) };

  const call = (method: string, params: readonly unknown[]): unknown => {
    if (supervisord.mood() === "DOWN")
      throw new MultivisorError("HOST_UNREACHABLE", `Cannot reach supervisord of ${supervisord.identifier}`);
    if (method === "system.multicall") return multicall(params[0] as readonly Call[]);
    if (method === "system.listMethods") return Object.keys(methods).map((name) => `supervisor.${name}`);
    const name = method.replace(/^supervisor\./, "");
    const known = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (known === undefined) throw new MultivisorError("UNKNOWN_METHOD", "UNKNOWN_METHOD");
    if (supervisord.mood() === "STOPPING") throw new MultivisorError("SHUTDOWN_STATE", "SHUTDOWN_STATE");
    return known(...params);
  };
  /** Those that do not wait are done in one go: nothing else happens between them. */
  async function multicall(calls: readonly Call[]): Promise<unknown[]> {
    const answers: unknown[] = [];
    for (const { methodName, params = [] } of calls) {
      try {
        const answer = call(methodName, params);
        answers.push(answer instanceof Promise ? await answer : answer);
      } catch (error) {
        answers.push(faultOf(error));
      }
    }
    return answers;
  }
  return async (method, ...params) => call(method, params);
}
