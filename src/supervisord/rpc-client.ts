import { MultivisorError, messageOf } from "../domain/errors.ts";
import { isUnconnected, reasonOf } from "../lib/network-reason.ts";
import { faultError } from "./faults.ts";
import type { TlsOptions } from "./rpc-tls.ts";
import { parseServerUrl } from "./server-url.ts";
import { decodeResponse } from "./xmlrpc-decode.ts";
import { encodeCall, type RpcValue } from "./xmlrpc-encode.ts";

/**
 * Sends one XML-RPC request to a supervisord; resolves with the value of its answer.
 * @throws MultivisorError with the name of supervisord's fault, HOST_UNREACHABLE, UNAUTHORIZED, TIMEOUT or BAD_WIRE
 */
export type Rpc = (method: string, ...params: readonly RpcValue[]) => Promise<unknown>;

export type RpcOptions = {
  /** as SUPERVISOR_SERVER_URL */
  readonly serverUrl: string;
  readonly username?: string;
  readonly password?: string;
  readonly timeoutMs?: number;
  readonly maxAnswerBytes?: number;
  /** of https: whom to trust, where that is not whom the system trusts (`createTlsOptions`) */
  readonly tlsOptions?: () => Promise<TlsOptions>;
  /** where a person sets user and password; default: the variables that supervisorctl reads */
  readonly credentialsAt?: string;
};

const DEFAULT_TIMEOUT_MS = 10_000;
const DEFAULT_MAX_ANSWER_BYTES = 64 * 1_024 * 1_024;

/**
 * Every call has a connection of its own: no call waits for another, and none can be sent a second time because a kept
 * connection turned out to be dead (fetch would do so, and a restart done twice is not a restart).
 */
export function createRpc(options: RpcOptions): Rpc {
  const { url, unix } = parseServerUrl(options.serverUrl);
  const { timeoutMs = DEFAULT_TIMEOUT_MS, maxAnswerBytes = DEFAULT_MAX_ANSWER_BYTES } = options;
  const headers: Record<string, string> = { "content-type": "text/xml", connection: "close" };
  if (options.username !== undefined) headers.authorization = basicAuth(options.username, options.password ?? "");
  return async (method, ...params) => {
    const init = {
      method: "POST",
      headers,
      body: encodeCall(method, params),
      keepalive: false,
      redirect: "error" as const,
    };
    const send = async () => {
      const where = { ...(unix === null ? {} : { unix }), ...(await options.tlsOptions?.()) };
      return fetch(url, { ...init, ...where, signal: AbortSignal.timeout(timeoutMs) });
    };
    const xml = await exchange(send, method, { ...options, timeoutMs, maxAnswerBytes });
    const answer = readAnswer(xml);
    if ("fault" in answer) throw faultError(describeCall(method, params), answer.fault);
    return answer.value;
  };
}

function readAnswer(xml: string): ReturnType<typeof decodeResponse> {
  try {
    return decodeResponse(xml);
  } catch (cause) {
    throw new MultivisorError("BAD_WIRE", messageOf(cause), { cause, mayBeDone: true });
  }
}

const basicAuth = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;

async function exchange(
  send: () => Promise<Response>,
  method: string,
  options: RpcOptions & { readonly timeoutMs: number; readonly maxAnswerBytes: number },
): Promise<string> {
  const {
    serverUrl: server,
    timeoutMs,
    maxAnswerBytes: maxBytes,
    credentialsAt = "SUPERVISOR_USERNAME, SUPERVISOR_PASSWORD",
  } = options;
  try {
    const response = await send();
    if (response.status !== 200) {
      await response.body?.cancel();
      throw statusError(server, method, response.status, credentialsAt);
    }
    if (Number(response.headers.get("content-length") ?? 0) > maxBytes) {
      await response.body?.cancel();
      throw new MultivisorError("BAD_WIRE", `Cannot read the answer to ${method}: it is above ${maxBytes} bytes`, {
        mayBeDone: true,
      });
    }
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await response.bytes());
  } catch (error) {
    throw error instanceof MultivisorError ? error : transportError(server, method, timeoutMs, error);
  }
}

function statusError(server: string, method: string, status: number, credentialsAt: string): MultivisorError {
  if (status === 401)
    return new MultivisorError(
      "UNAUTHORIZED",
      `Cannot call ${method} at ${server}: it asks for a user and password (${credentialsAt})`,
    );
  if (status === 500)
    return new MultivisorError(
      "FAILED",
      `Cannot call ${method} at ${server}: HTTP 500, supervisord's own log says why`,
      { mayBeDone: true },
    );
  return new MultivisorError("BAD_WIRE", `Cannot call ${method} at ${server}: HTTP ${status}`, {
    mayBeDone: status > 500,
  });
}

function transportError(server: string, method: string, timeoutMs: number, cause: unknown): MultivisorError {
  if (cause instanceof Error && cause.name === "TimeoutError")
    return new MultivisorError(
      "TIMEOUT",
      `Cannot tell what became of ${method}: no answer from ${server} in ${timeoutMs} ms`,
      { cause, mayBeDone: true },
    );
  return new MultivisorError("HOST_UNREACHABLE", `Cannot reach supervisord at ${server}: ${reasonOf(cause)}`, {
    ...{ cause, mayBeDone: !isUnconnected(cause) },
  });
}

/** "stop web:web_01" of supervisor.stopProcess("web:web_01", false) */
export function describeCall(method: string, params: readonly RpcValue[]): string {
  const verb = /^supervisor\.(start|stop|signal|add|remove)Process/.exec(method)?.[1];
  return verb === undefined ? method.replace(/^supervisor\./, "") : `${verb} ${String(params[0] ?? "all")}`;
}
