import type { ErrorCode } from "../../domain/errors.ts";
import { isHarmless, type ProcessResult, type SupervisorResult } from "../actions/action-result.ts";
import { httpStatus } from "./http-errors.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const TEXT_TYPE = { "content-type": "text/plain; charset=utf-8" };

/** It goes on without the client. */
export function begunAnswer(request: Request, action: string): Response {
  const body = { action, status: "running", results: [] };
  return asksForJson(request)
    ? new Response(JSON.stringify(body), { status: 202, headers: JSON_TYPE })
    : new Response("OK", { headers: TEXT_TYPE });
}

const asksForJson = (request: Request): boolean => (request.headers.get("accept") ?? "").includes("application/json");

/**
 * The answer to an action. Clients of Multivisor 6 get the text `OK`, and nothing but an error where something was not
 * done; who asks for JSON gets one result for each target, and an error status only where all of it came to nothing for
 * one and the same reason.
 */
export function actionAnswer(
  request: Request,
  results: readonly (ProcessResult | SupervisorResult)[],
  more: { readonly action?: string; readonly dry_run?: true } = {},
): Response {
  const failures = results.filter((result) => result.ok === false);
  if (asksForJson(request)) {
    const status = failures.length === results.length ? commonStatus(failures) : 200;
    return new Response(JSON.stringify({ ...more, results }), { status, headers: JSON_TYPE });
  }
  const serious = failures.filter((result) => !isHarmless(result));
  const [worst] = serious;
  if (worst === undefined) return new Response("OK", { headers: TEXT_TYPE });
  const lines = serious.map((result) => result.message);
  return new Response(`${lines.join("\n")}\n`, { status: httpStatus(worst.code), headers: TEXT_TYPE });
}

/** @returns 200 where there are no failures or different ones: then the results tell */
function commonStatus(failures: readonly { readonly code: ErrorCode }[]): number {
  const codes = new Set(failures.map((failure) => failure.code));
  const [only] = codes;
  return codes.size === 1 && only !== undefined ? httpStatus(only) : 200;
}
