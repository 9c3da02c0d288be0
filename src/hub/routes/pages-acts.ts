import { Elysia } from "elysia";
import { messagePage } from "../../views/message-page.tsx";
import { SUPERVISOR_ACTIONS, type SupervisorAction } from "../../views/supervisor-action.ts";
import { processUrl, supervisorUrl } from "../../views/urls.ts";
import { pageResponse } from "../page-response.ts";
import { needs } from "./needs.ts";
import type { FleetPagesOptions } from "./pages-fleet.ts";

type Outcome = { readonly ok: boolean; readonly message?: string | undefined };
export type ProcessVerb = "start" | "restart" | "stop";

export type ActPagesOptions = Pick<FleetPagesOptions, "assets" | "context"> & {
  readonly actOnProcess: (request: Request, action: ProcessVerb, uid: string) => Promise<readonly Outcome[]>;
  readonly actOnSupervisor: (request: Request, action: SupervisorAction, name: string) => Promise<readonly Outcome[]>;
};

const VERBS: readonly ProcessVerb[] = ["start", "restart", "stop"];

/** Forms of the pages, for browsers without scripts: done, and back to where it was asked for. */
export function actPages({ assets, context, actOnProcess, actOnSupervisor }: ActPagesOptions) {
  const back = (request: Request, location: string, outcomes: readonly Outcome[]): Response => {
    const failed = outcomes.filter(({ ok }) => !ok);
    if (outcomes.length > 0 && failed.length === 0) return new Response(null, { status: 303, headers: { location } });
    const text = failed.map(({ message }) => message ?? "no reason given").join("\n") || "There is no such thing.";
    const page = { context: context(request), assets: assets.urls, title: "Not done", text };
    return pageResponse(messagePage(page), request, 409);
  };
  return new Elysia({ name: "act-pages" })
    .post(
      "/act/process",
      async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        const uid = form.get("uid") ?? "";
        const action = VERBS.find((verb) => verb === form.get("action"));
        const outcomes = action === undefined ? [] : await actOnProcess(request, action, uid);
        return back(request, processUrl(context(request).basePath, uid), outcomes);
      },
      { parse: "none", ...needs("act", "Form of a process's page") },
    )
    .post(
      "/act/supervisor",
      async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        const name = form.get("supervisor") ?? "";
        const action = SUPERVISOR_ACTIONS.find((known) => known === form.get("action"));
        const outcomes = action === undefined ? [] : await actOnSupervisor(request, action, name);
        return back(request, supervisorUrl(context(request).basePath, name), outcomes);
      },
      { parse: "none", ...needs("act", "Form of a supervisor's page") },
    );
}
