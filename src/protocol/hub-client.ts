import type { Static, TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { MultivisorError, messageOf } from "../domain/errors.ts";
import { HubData } from "./hub.ts";
import type { HubUrl } from "./hub-url.ts";

/** An answer and when the hub gave it: epoch ms of the hub's clock, whole seconds; null where it did not say. */
export type Answered<T> = { readonly answer: T; readonly hubNowMs: number | null };

export type HubClient = {
  /** @throws MultivisorError HOST_UNREACHABLE, TIMEOUT, UNAUTHORIZED or BAD_WIRE, worded for people */
  readonly data: () => Promise<Answered<HubData>>;
};

/** @param deadlineMs for one whole answer */
export function createHubClient(url: HubUrl, deadlineMs = 10_000): HubClient {
  return { data: () => getJson(url, "/api/data", HubData, deadlineMs) };
}

async function getJson<T extends TSchema>(
  url: HubUrl,
  path: string,
  schema: T,
  deadlineMs: number,
): Promise<Answered<Static<T>>> {
  const { answer: json, hubNowMs } = await request(url, path, deadlineMs);
  if (Value.Check(schema, json)) return { answer: json, hubNowMs };
  const bad = Value.Errors(schema, json).First();
  throw new MultivisorError("BAD_WIRE", `Cannot read the answer of ${url.base}${path}: ${bad?.path} ${bad?.message}`);
}

async function request(url: HubUrl, path: string, deadlineMs: number): Promise<Answered<unknown>> {
  const headers = { Accept: "application/json", ...(url.authorization && { Authorization: url.authorization }) };
  try {
    const response = await fetch(url.base + path, { headers, signal: AbortSignal.timeout(deadlineMs) });
    const date = Date.parse(response.headers.get("date") ?? "");
    if (response.ok) return { answer: await response.json(), hubNowMs: Number.isNaN(date) ? null : date };
    throw refusal(url, response.status);
  } catch (error) {
    throw error instanceof MultivisorError ? error : unreachable(url, error, deadlineMs);
  }
}

const refusal = (url: HubUrl, status: number): MultivisorError =>
  status === 401
    ? new MultivisorError("UNAUTHORIZED", "Server requires authentication")
    : new MultivisorError("BAD_WIRE", `${url.base} answered HTTP ${status}`);

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
