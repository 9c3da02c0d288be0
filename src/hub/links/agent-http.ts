import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { type ErrorCode, MultivisorError, messageOf } from "../../domain/errors.ts";
import { canConnect } from "../../lib/can-connect.ts";
import { followHttp } from "../../lib/http-follow.ts";
import { isLoopback } from "../../lib/loopback.ts";
import { codeOf, isUnconnected, reasonOf } from "../../lib/network-reason.ts";
import { createTlsOptions, type RpcTls, type TlsOptions } from "../../supervisord/rpc-tls.ts";
import { SPEAKS_TLS, speaksTls, tlsReason } from "./agent-tls.ts";

export type AgentAddress = { readonly hostname: string; readonly port: number };

export type AgentAccess = {
  /** null: none */
  readonly token: string | null;
  /** whom to trust; null: plain HTTP */
  readonly tls: RpcTls | null;
};

/** One agent's HTTP, for requests that are answered at once. */
export type AgentHttp = {
  readonly isTls: boolean;
  /** do we have a token for it? */
  readonly hasToken: boolean;
  /** on this machine: nobody else is between */
  readonly isLocal: boolean;
  /** @throws MultivisorError */
  readonly post: <T extends TSchema>(path: string, body: unknown, answer: T, timeoutMs: number) => Promise<Static<T>>;
  /** The head of an answer that is read as it comes: 200, 206 or 416. @throws MultivisorError */
  readonly get: (path: string, headers: Record<string, string>, signal: AbortSignal) => Promise<Response>;
  /** Bytes of an answer that does not end, each piece as it comes. @returns at its end @throws MultivisorError */
  readonly follow: (
    path: string,
    headers: Record<string, string>,
    onBytes: (bytes: Uint8Array) => void,
    signal: AbortSignal,
  ) => Promise<void>;
};

const ErrorBody = TypeCompiler.Compile(Type.Object({ code: Type.String(), message: Type.String() }));
/** Long enough for one more try of TCP (after 1 s), short enough to be there soon after a lost host is back. */
const CONNECT_TIMEOUT_MS = 2_000;
const HANDSHAKE_TIMEOUT_MS = 5_000;
/** From the connection to the head of the answer: a busy host may take its time. */
const HEAD_TIMEOUT_MS = 10_000;
/** What must never be done twice. */
export const COMMAND_PATH = "/v1/command";
const TIMEOUTS = { connectTimeoutMs: CONNECT_TIMEOUT_MS, headTimeoutMs: HEAD_TIMEOUT_MS };
/** characters */
const MAX_REFUSAL = 65_536;
const compiled = new WeakMap<TSchema, ReturnType<typeof TypeCompiler.Compile>>();

/** @throws MultivisorError BAD_WIRE that says where the answer is not what the contract says */
export function checked<T extends TSchema>(schema: T, value: unknown, what: string): Static<T> {
  const check = compiled.get(schema) ?? TypeCompiler.Compile(schema);
  compiled.set(schema, check);
  if (check.Check(value)) return value as Static<T>;
  const at = check.Errors(value).First();
  throw new MultivisorError(
    "BAD_WIRE",
    `Cannot read ${what}: at ${at?.path || "/"}: ${at?.message ?? "not as expected"}`,
  );
}

export function createAgentHttp(address: AgentAddress, { token, tls }: AgentAccess): AgentHttp {
  const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
  const base = `${tls === null ? "http" : "https"}://${host}:${address.port}`;
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  const tlsOptions: () => Promise<Partial<TlsOptions>> =
    tls === null ? async () => ({}) : createTlsOptions(tls, address, HANDSHAKE_TIMEOUT_MS);

  async function fetchStream(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    await canConnect(address, CONNECT_TIMEOUT_MS);
    const options = await tlsOptions();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error(noAnswer(HEAD_TIMEOUT_MS))), HEAD_TIMEOUT_MS);
    try {
      return await fetch(base + path, {
        headers: { ...authorization, ...headers, accept: "text/event-stream" },
        redirect: "error",
        // Bun's own limit of five minutes would end a healthy stream
        timeout: false,
        keepalive: false,
        signal: AbortSignal.any([signal, late.signal]),
        ...options,
      } as RequestInit);
    } finally {
      clearTimeout(timer);
    }
  }

  async function unreachable(error: unknown, signal: AbortSignal): Promise<unknown> {
    if (error instanceof MultivisorError) return error;
    const wasCut = tls === null && codeOf(error) === "ECONNRESET" && !signal.aborted;
    if (wasCut && (await speaksTls(address, HANDSHAKE_TIMEOUT_MS)))
      return new MultivisorError("HOST_UNREACHABLE", SPEAKS_TLS);
    return new MultivisorError("HOST_UNREACHABLE", tlsReason(codeOf(error)) ?? reasonOf(error));
  }

  async function get(path: string, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
    try {
      const response = await fetchStream(path, headers, signal);
      if (!response.ok && response.status !== 416) throw await refusal(response, token);
      return response;
    } catch (error) {
      throw await unreachable(error, signal);
    }
  }

  return {
    get,
    isTls: tls !== null,
    hasToken: token !== null,
    isLocal: isLoopback(address.hostname),
    async post(path, body, answer, timeoutMs) {
      const signal = AbortSignal.timeout(timeoutMs);
      const failed = (error: unknown) => {
        throw failedRequest(error, timeoutMs);
      };
      const response = await tlsOptions()
        .then((options) =>
          fetch(base + path, {
            method: "POST",
            headers: { ...authorization, "content-type": "application/json" },
            body: JSON.stringify(body),
            redirect: "error",
            // A kept connection that turns out to be dead makes fetch send it once more.
            keepalive: path !== COMMAND_PATH,
            signal,
            ...options,
          }),
        )
        .catch(failed);
      if (!response.ok) throw await refusal(response, token);
      const text = await response.text().catch(failed);
      try {
        return checked(answer, parseJson(text, path), `the agent's answer to ${path}`);
      } catch (cause) {
        throw new MultivisorError("BAD_WIRE", messageOf(cause), { cause, mayBeDone: true });
      }
    },
    async follow(path, headers, onBytes, signal) {
      let status = 200;
      let refused = "";
      const decoder = new TextDecoder();
      const take = (bytes: Uint8Array) => {
        if (status === 200) onBytes(bytes);
        else if (refused.length < MAX_REFUSAL) refused += decoder.decode(bytes, { stream: true });
      };
      const onHead = (told: number) => {
        status = told;
      };
      try {
        const { tls: options = null } = await tlsOptions();
        const all = { ...authorization, ...headers, accept: "text/event-stream" };
        await followHttp({ address, tls: options, path, headers: all, ...TIMEOUTS, signal }, { onHead, onBytes: take });
      } catch (error) {
        throw await unreachable(error, signal);
      }
      if (status !== 200) throw await refusal(new Response(refused, { status }), token);
    },
  };
}

const noAnswer = (timeoutMs: number) => `no answer within ${timeoutMs / 1_000} s`;

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MultivisorError("BAD_WIRE", `Cannot read ${what}: not JSON`);
  }
}

function failedRequest(error: unknown, timeoutMs: number): MultivisorError {
  if (error instanceof MultivisorError) return error;
  if (error instanceof DOMException && error.name === "TimeoutError")
    return new MultivisorError("TIMEOUT", `no answer within ${timeoutMs / 1_000} s`, { mayBeDone: true });
  const code = codeOf(error);
  // Bun says the same of an answer that is damaged as of a host without TLS: only the first can have been sent a command.
  const ofTls = code === "EPROTO" ? null : tlsReason(code);
  const mayBeDone = ofTls === null && !isUnconnected(error);
  return new MultivisorError("HOST_UNREACHABLE", ofTls ?? reasonOf(error), { cause: error, mayBeDone });
}

async function refusal(response: Response, token: string | null): Promise<MultivisorError> {
  const what = token === null ? "asks for a token" : "refuses our token";
  if (response.status === 401) return new MultivisorError("UNAUTHORIZED", `the agent ${what}: set token or token_file`);
  const body = await response.json().catch(() => null);
  if (ErrorBody.Check(body)) return new MultivisorError(body.code as ErrorCode, body.message);
  return new MultivisorError("BAD_WIRE", `not an agent of multivisor 7: it answered HTTP ${response.status}`);
}
