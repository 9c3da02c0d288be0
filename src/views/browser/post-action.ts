import type { Action } from "../process-look.ts";
import { base, toLogin } from "./page.ts";

export type ActionResult = {
  readonly uid: string;
  readonly ok: boolean;
  readonly code?: string;
  readonly message?: string;
  /** accepted, and not ended yet */
  readonly pending?: boolean;
};

/** Answers when the outcome is known; that may take as long as the process takes to stop. @throws Error for people */
export async function postAction(action: Action, uids: readonly string[]): Promise<readonly ActionResult[]> {
  const response = await fetch(`${base()}/api/process/${action}`, {
    method: "POST",
    headers: { accept: "application/json" },
    body: new URLSearchParams({ uid: uids.join(",") }),
  }).catch(() => {
    throw new Error("the hub cannot be reached; whether it was done is not known");
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.status === 401) toLogin();
  const results = resultsOf(answer);
  if (response.ok && results !== null) return results;
  throw new Error(`${reasonOf(response.status)}${messageOf(answer)}`);
}

function resultsOf(answer: unknown): readonly ActionResult[] | null {
  const results = typeof answer === "object" && answer !== null && "results" in answer ? answer.results : null;
  return Array.isArray(results) ? (results as ActionResult[]) : null;
}

function reasonOf(status: number): string {
  if (status === 401) return "the session has ended, log in again";
  if (status === 403) return "not allowed";
  if (status >= 500) return `the hub failed (${status})`;
  return `the hub answered ${status}`;
}

function messageOf(answer: unknown): string {
  const message = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : null;
  return typeof message === "string" && message !== "" ? `: ${message}` : "";
}
