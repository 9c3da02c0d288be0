import { MultivisorError } from "../domain/errors.ts";
import { faultError } from "./faults.ts";
import type { Rpc } from "./rpc-client.ts";
import { isFault } from "./xmlrpc-decode.ts";
import type { RpcValue } from "./xmlrpc-encode.ts";

export type RpcCall = {
  readonly method: string;
  readonly params: readonly RpcValue[] /** "stop web:web_01" */;
  readonly what?: string;
};
export type RpcOutcome = { readonly value: unknown } | { readonly error: MultivisorError };

/**
 * Several calls in one request. supervisord does them in one go, nothing else happens between them, as long as none of
 * them waits (startProcess and stopProcess with wait=true, the calls for groups). It answers bare values, where the
 * convention of system.multicall has lists of one.
 */
export async function multicall(rpc: Rpc, calls: readonly RpcCall[]): Promise<RpcOutcome[]> {
  const answers = await rpc(
    "system.multicall",
    calls.map(({ method, params }) => ({ methodName: method, params })),
  );
  if (!Array.isArray(answers) || answers.length !== calls.length)
    throw new MultivisorError(
      "BAD_WIRE",
      "Cannot read the answer to system.multicall: one answer for each call expected",
    );
  return calls.map((call, i) => {
    const answer: unknown = answers[i];
    return isFault(answer) ? { error: faultError(call.what ?? call.method, answer) } : { value: answer };
  });
}

/** @throws the error of a call that failed */
export function answerOf(outcome: RpcOutcome | undefined): unknown {
  if (outcome === undefined)
    throw new MultivisorError("BAD_WIRE", "Cannot read the answer to system.multicall: too short");
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}
