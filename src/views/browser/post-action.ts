import type { ActionResult } from "../action-result.ts";
import { answerTexts } from "../texts/overlays.ts";
import { base, toLogin } from "./page.ts";

/** What is known of an action that goes on. */
export type ActionState = {
  readonly status: "running" | "done" | "failed";
  readonly results: readonly ActionResult[];
  readonly waiting: readonly { readonly uid: string; readonly state: string | null }[];
  readonly error: string | null;
};

/** What is asked of the hub: `path` is `process/stop`, `supervisor/restart`. Lists of names are arrays: a name may hold commas. */
export type Asked = { readonly path: string; readonly fields: Readonly<Record<string, string | readonly string[]>> };

async function post({ path, fields }: Asked, more: Record<string, string>): Promise<unknown> {
  const response = await fetch(`${base()}/api/${path}`, {
    method: "POST",
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify({ ...fields, ...more }),
  }).catch(() => {
    throw new Error(answerTexts.noHub);
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.status === 401) toLogin();
  if (response.ok || resultsOf(answer) !== null) return answer;
  throw new Error(`${reasonOf(response.status)}${messageOf(answer)}`);
}

/** Answers when the outcome is known; that may take as long as the process takes to stop. @throws Error for people */
export async function postAction(asked: Asked): Promise<readonly ActionResult[]> {
  return resultsOf(await post(asked, {})) ?? [];
}

/** What it would be done to, as things are now; nothing is done. @throws Error for people */
export async function rehearseAction(asked: Asked): Promise<readonly ActionResult[]> {
  return resultsOf(await post(asked, { dry_run: "1" })) ?? [];
}

/** Begins what `actionState` follows. @returns its id. @throws Error for people */
export async function beginAction(asked: Asked): Promise<string> {
  const { action: id } = (await post(asked, { wait: "0" })) as { action?: string };
  if (id === undefined) throw new Error(answerTexts.noId);
  return id;
}

/** @returns null: the hub does not answer now; "gone": it does not know of it any more */
export async function actionState(id: string): Promise<ActionState | "gone" | null> {
  const response = await fetch(`${base()}/api/actions/${encodeURIComponent(id)}`).catch(() => null);
  if (response?.status === 404) return "gone";
  return response?.ok ? ((await response.json().catch(() => null)) as ActionState | null) : null;
}

function resultsOf(answer: unknown): readonly ActionResult[] | null {
  const results = typeof answer === "object" && answer !== null && "results" in answer ? answer.results : null;
  return Array.isArray(results) ? (results as ActionResult[]) : null;
}

function reasonOf(status: number): string {
  if (status === 401) return answerTexts.ended;
  if (status === 403) return answerTexts.notAllowed;
  if (status >= 500) return answerTexts.failed(status);
  return answerTexts.answered(status);
}

function messageOf(answer: unknown): string {
  const message = typeof answer === "object" && answer !== null && "message" in answer ? answer.message : null;
  return typeof message === "string" && message !== "" ? `: ${message}` : "";
}
