import { MultivisorError, messageOf } from "../../domain/errors.ts";
import type { ZerorpcClient } from "../../lib/zerorpc-client.ts";
import { ZerorpcRemoteError, ZerorpcTimeout } from "../../lib/zerorpc-errors.ts";
import { faultError } from "../../supervisord/faults.ts";
import type { CallAll } from "../../supervisord/process-calls.ts";
import { describeCall, type Rpc } from "../../supervisord/rpc-client.ts";

/** supervisord's methods by way of an agent of Multivisor 6, which knows them without their namespace. */
export function createZerorpcRpc(client: () => ZerorpcClient, timeoutMs: number): Rpc {
  return async (method, ...params) => {
    try {
      return await client().call(method.replace(/^supervisor\./, ""), params, timeoutMs);
    } catch (error) {
      throw callError(describeCall(method, params), error);
    }
  };
}

/** All at once, in this order on the connection: no call waits for the answer of another. */
export const callAllBy =
  (rpc: Rpc): CallAll =>
  (calls) =>
    Promise.all(
      calls.map(({ method, params }) =>
        rpc(method, ...params).then(
          (value) => ({ value }),
          (error: MultivisorError) => ({ error }),
        ),
      ),
    );

/** @param what "stop web:web_01" */
export function callError(what: string, error: unknown): MultivisorError {
  if (error instanceof MultivisorError) return error;
  if (error instanceof ZerorpcTimeout)
    return new MultivisorError("TIMEOUT", `Cannot tell what became of ${what}: ${messageOf(error)}`);
  if (!(error instanceof ZerorpcRemoteError))
    return new MultivisorError("HOST_UNREACHABLE", `Cannot ${what}: ${messageOf(error)}`, { cause: error });
  if (error.kind === "NameError")
    return new MultivisorError("UNKNOWN_METHOD", `Cannot ${what}: this agent does not know how`);
  const fault = parseFault(error.message);
  if (fault !== null) return faultError(what, fault);
  return new MultivisorError("FAILED", `Cannot ${what}: ${error.kind}: ${error.message}`);
}

/** `code=20, text="NO_FILE: …"` of the one kind of agent, `<Fault 20: "NO_FILE: …">` of the other. */
function parseFault(message: string): { readonly faultCode: number; readonly faultString: string } | null {
  const match = /^code=(\d+)(?:, text=(.*))?$/s.exec(message) ?? /^<Fault (\d+)(?:: (.*))?>$/s.exec(message);
  if (match === null) return null;
  return { faultCode: Number(match[1]), faultString: unquote(match[2] ?? "") };
}

/** Out of Python's repr. */
function unquote(text: string): string {
  const inner = /^(["'])(.*)\1$/s.exec(text)?.[2];
  return (inner ?? text).replaceAll(/\\(['"\\])/g, "$1");
}
