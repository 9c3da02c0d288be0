import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { type ErrorCode, MultivisorError, messageOf } from "../domain/errors.ts";
import type { HubUrl } from "./hub-url.ts";

/** An answer and when the hub gave it: epoch ms of the hub's clock, whole seconds; null where it did not say. */
export type Answered<T> = { readonly answer: T; readonly hubNowMs: number | null };

/** Lists of names are arrays: in a form a comma would split a name in two. */
export type JsonFields = Readonly<Record<string, string | readonly string[]>>;

export type HubRequest = {
  readonly method?: "GET" | "POST";
  /** `/api/…` */
  readonly path: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: JsonFields;
  readonly accept?: string;
  /** for the beginning of the answer; null: as long as it takes */
  readonly deadlineMs?: number | null;
  readonly signal?: AbortSignal;
};

const DEADLINE_MS = 10_000;

const credentials = (url: HubUrl): Record<string, string> => ({
  ...(url.authorization && { Authorization: url.authorization }),
  ...(url.cookie && { Cookie: url.cookie }),
});

/**
 * Asks once. Redirects are not followed: no other host gets the credentials.
 * @throws MultivisorError HOST_UNREACHABLE or TIMEOUT, worded for people; whatever `signal` was aborted with
 */
export async function ask(url: HubUrl, request: HubRequest): Promise<Response> {
  const { method = "GET", path, form, json, accept = "application/json", deadlineMs = DEADLINE_MS, signal } = request;
  const signals = [signal ?? [], deadlineMs === null ? [] : AbortSignal.timeout(deadlineMs)].flat();
  try {
    return await fetch(url.base + path, {
      method,
      headers: { Accept: accept, ...credentials(url), ...(json && { "Content-Type": "application/json" }) },
      redirect: "manual",
      signal: AbortSignal.any(signals),
      ...(form && { body: new URLSearchParams(form) }),
      ...(json && { body: JSON.stringify(json) }),
    });
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw unreachable(url, error, deadlineMs ?? 0);
  }
}

/** @throws MultivisorError as `ask`, and BAD_WIRE where the hub does not keep to the contract */
export async function askJson<T extends TSchema>(
  url: HubUrl,
  request: HubRequest,
  schema: T,
): Promise<Answered<Static<T>>> {
  const response = await ask(url, request);
  if (!response.ok) throw await refusal(url, request, response);
  const json = await bodyOf(url, response, request);
  const date = Date.parse(response.headers.get("date") ?? "");
  return { answer: checked(url, request.path, schema, json), hubNowMs: Number.isNaN(date) ? null : date };
}

export function checked<T extends TSchema>(url: HubUrl, path: string, schema: T, json: unknown): Static<T> {
  if (Value.Check(schema, json)) return json as Static<T>;
  const bad = Value.Errors(schema, json).First();
  throw new MultivisorError("BAD_WIRE", `Cannot read the answer of ${url.base}${path}: ${bad?.path} ${bad?.message}`);
}

async function bodyOf(url: HubUrl, response: Response, request: HubRequest): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw unreachable(url, error, request.deadlineMs ?? DEADLINE_MS);
  }
}

/** What an answer of 3xx, 4xx or 5xx says, as our error. */
export async function refusal(url: HubUrl, request: HubRequest, response: Response): Promise<MultivisorError> {
  const { code, message } = await problemOf(response);
  const location = response.headers.get("location");
  if (response.status >= 300 && response.status < 400 && location !== null)
    return new MultivisorError("BAD_WIRE", `${url.base} leads on to ${location}: give --url the address that it means`);
  if (response.status === 401)
    return new MultivisorError("UNAUTHORIZED", "Server requires authentication: multivisor cli login");
  if (response.status === 404 && code === "NOT_FOUND") return tooOld(url, request);
  if (response.status === 404 && code === null && request.path !== "/api/data") return tooOld(url, request);
  if (message === null) return new MultivisorError("BAD_WIRE", `${url.base} answered HTTP ${response.status}`);
  return new MultivisorError((code ?? "FAILED") as ErrorCode, message);
}

const tooOld = (url: HubUrl, { method = "GET", path }: HubRequest): MultivisorError =>
  new MultivisorError(
    "UNKNOWN_METHOD",
    `this hub is older than this command line: ${url.base} has no ${method} ${path.split("?", 1)[0]}. Update the hub`,
  );

async function problemOf(response: Response): Promise<{ code: string | null; message: string | null }> {
  const text = (await response.text().catch(() => "")).slice(0, 100_000);
  try {
    const { code, message } = JSON.parse(text) as { code?: unknown; message?: unknown };
    return {
      code: typeof code === "string" ? code : null,
      message: typeof message === "string" ? message : null,
    };
  } catch {
    return { code: null, message: null };
  }
}

/** supervisorctl's words where it has them. */
function unreachable(url: HubUrl, error: unknown, deadlineMs: number): MultivisorError {
  const { name, code } = error as { name?: string; code?: string };
  if (name === "TimeoutError")
    return new MultivisorError("TIMEOUT", `${url.base} did not answer within ${deadlineMs / 1_000} s`);
  if (name === "SyntaxError") return new MultivisorError("BAD_WIRE", `${url.base} did not answer as a hub does`);
  if (code === "ConnectionRefused" || code === "ECONNREFUSED")
    return new MultivisorError("HOST_UNREACHABLE", `${url.base} refused connection`);
  return new MultivisorError("HOST_UNREACHABLE", `${url.base} cannot be reached: ${messageOf(error)}`);
}
