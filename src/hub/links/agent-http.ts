import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { type ErrorCode, MultivisorError, messageOf } from "../../domain/errors.ts";

export type AgentAddress = { readonly hostname: string; readonly port: number };

/** One agent's HTTP, for requests that are answered at once. */
export type AgentHttp = {
  /** @throws MultivisorError */
  readonly post: <T extends TSchema>(path: string, body: unknown, answer: T, timeoutMs: number) => Promise<Static<T>>;
  /** The head of a stream. @throws MultivisorError */
  readonly open: (
    path: string,
    headers: Record<string, string>,
    signal: AbortSignal,
  ) => Promise<ReadableStream<Uint8Array>>;
};

const ErrorBody = TypeCompiler.Compile(Type.Object({ code: Type.String(), message: Type.String() }));
const CONNECT_TIMEOUT_MS = 5_000;
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

export function createAgentHttp(address: AgentAddress, token: string | null): AgentHttp {
  const host = address.hostname.includes(":") ? `[${address.hostname}]` : address.hostname;
  const base = `http://${host}:${address.port}`;
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  return {
    async post(path, body, answer, timeoutMs) {
      const response = await fetch(base + path, {
        method: "POST",
        headers: { ...authorization, "content-type": "application/json" },
        body: JSON.stringify(body),
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      }).catch((error) => {
        throw failedRequest(error, timeoutMs);
      });
      if (!response.ok) throw await refusal(response);
      const text = await response.text().catch((error) => {
        throw failedRequest(error, timeoutMs);
      });
      return checked(answer, parseJson(text, path), `the agent's answer to ${path}`);
    },
    async open(path, headers, signal) {
      const connecting = new AbortController();
      const timer = setTimeout(
        () => connecting.abort(new Error(`no answer within ${CONNECT_TIMEOUT_MS / 1_000} s`)),
        CONNECT_TIMEOUT_MS,
      );
      try {
        const response = await fetch(base + path, {
          headers: { ...authorization, ...headers, accept: "text/event-stream" },
          redirect: "error",
          // Bun's own limit of five minutes would end a healthy stream
          timeout: false,
          keepalive: false,
          signal: AbortSignal.any([signal, connecting.signal]),
        } as RequestInit);
        if (!response.ok || response.body === null) throw await refusal(response);
        return response.body;
      } catch (error) {
        throw error instanceof MultivisorError ? error : new MultivisorError("HOST_UNREACHABLE", reasonOf(error));
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new MultivisorError("BAD_WIRE", `Cannot read ${what}: not JSON`);
  }
}

/** What a person on call wants to read instead of the runtime's words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  switch (code) {
    case "ConnectionRefused":
    case "ECONNREFUSED":
      return "connection refused";
    case "ConnectionClosed":
    case "ECONNRESET":
      return "connection closed by the host";
    case "FailedToOpenSocket":
    case "ENOTFOUND":
      return "host name not found, or no route to it";
    default:
      return messageOf(error);
  }
}

function failedRequest(error: unknown, timeoutMs: number): MultivisorError {
  if (error instanceof DOMException && error.name === "TimeoutError")
    return new MultivisorError("TIMEOUT", `no answer within ${timeoutMs / 1_000} s; whether it was done is not known`);
  return new MultivisorError("HOST_UNREACHABLE", reasonOf(error));
}

async function refusal(response: Response): Promise<MultivisorError> {
  if (response.status === 401)
    return new MultivisorError("UNAUTHORIZED", "the agent refuses our token: set token or token_file");
  const body = await response.json().catch(() => null);
  if (ErrorBody.Check(body)) return new MultivisorError(body.code as ErrorCode, body.message);
  return new MultivisorError("BAD_WIRE", `not an agent of multivisor 7: it answered HTTP ${response.status}`);
}
