import { Elysia } from "elysia";
import { actPage } from "../../views/act-page.tsx";
import { type ActSubject, isOfSubject } from "../../views/act-subject.ts";
import type { Message } from "../../views/message-page.tsx";
import { rowsByName } from "../../views/name-order.ts";
import { outcomePage } from "../../views/outcome-page.tsx";
import type { Action } from "../../views/process-look.ts";
import { actPageTexts as texts } from "../../views/texts/act-page.ts";
import type { ViewContext } from "../../views/view-context.ts";
import { type ActionLog, actionFor, apiAction } from "../actions/action-log.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { Requester } from "../actions/requester.ts";
import type { Assets } from "../assets.ts";
import { messageResponse } from "../error-page.ts";
import { pageResponse } from "../page-response.ts";
import { readFilter } from "../read-filter.ts";
import { needs } from "./needs.ts";
import type { RunAction } from "./run-action.ts";
import { seeOther } from "./see-other.ts";

type Deps = {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly perform: ProcessActions["perform"];
  readonly actions: ActionLog;
  readonly assets: Assets;
  readonly context: (request: Request) => ViewContext;
};

const ACTIONS: readonly Action[] = ["start", "restart", "stop"];
/** Ticked boxes, all of which fit into what the hub takes as one form. */
const MOST = 5_000;
const LOOK_AGAIN_S = 1;

/** @throws MultivisorError BAD_REQUEST for a filter that is too long. @returns null: it names nothing, which is not "everything" */
function subjectOf(request: Request): ActSubject | null {
  const query = new URL(request.url).searchParams;
  for (const of of ["group", "supervisor"] as const) {
    const name = query.get(of) ?? "";
    if (name !== "") return { of, name };
  }
  // Whole or not at all: what a part of it finds may be more.
  const text = query.get("filter") ?? "";
  const filter = readFilter(text);
  return filter.length === 0 ? null : { of: "filter", text, filter };
}

/** Several acted on by browsers without scripts: asked, done, and what became of each. */
export function manyPages({ who, run, perform, actions, assets, context }: Deps) {
  const say = (request: Request, status: number, message: Message) =>
    messageResponse({ context, assets }, request, status, message);

  function ask(request: Request, subject: ActSubject): Response {
    const meant = rowsByName(who(request).view.supervisors().values()).filter((one) => isOfSubject(subject, one));
    const placed = meant.filter(({ process }) => !process.isAgent);
    if (placed.length === 0) return say(request, 404, { title: texts.nobody, text: texts.nobodyText });
    if (placed.length > MOST)
      return say(request, 400, { title: texts.tooMany, text: texts.tooManyText(placed.length, MOST) });
    const parts = { subject, placed, agents: meant.length - placed.length };
    return pageResponse(actPage({ context: context(request), assets: assets.urls, ...parts }), request);
  }

  function outcome(request: Request, id: string): Response {
    const { account, view } = who(request);
    const known = actions.get(id);
    const action = ACTIONS.find((verb) => verb === known?.what);
    const seen = known && actionFor(known, account.access, view, account.name);
    if (!seen || action === undefined)
      return say(request, 404, {
        ...{ title: texts.forgotten, text: texts.forgottenText },
        more: { path: "/history", words: texts.history },
      });
    const { status, results, waiting, error } = apiAction(seen, view);
    const outcomes = { id: seen.id, action, isOver: status !== "running", results, waiting, error };
    const response = pageResponse(outcomePage({ context: context(request), assets: assets.urls, outcomes }), request);
    if (!outcomes.isOver) response.headers.set("refresh", String(LOOK_AGAIN_S));
    return response;
  }

  return new Elysia({ name: "many-pages" })
    .get(
      "/act",
      ({ request }) => {
        const subject = subjectOf(request);
        return subject === null
          ? say(request, 400, { title: texts.nobody, text: texts.nothingSaid })
          : ask(request, subject);
      },
      needs("act", "Page: what to do with several processes"),
    )
    .post(
      "/act/processes",
      async ({ request }) => {
        const form = new URLSearchParams(await request.text());
        const uids = form.getAll("uid");
        const action = ACTIONS.find((verb) => verb === form.get("action"));
        if (action === undefined || uids.length === 0)
          return say(request, 400, { title: texts.unclear, text: texts.unclearText });
        const id = run.begin(request, action, uids, (patterns, by, progress) =>
          perform(action, patterns, by, progress),
        );
        return seeOther(`${context(request).basePath}/act/outcome/${id}`);
      },
      { parse: "none", ...needs("act", "Form of the page that asks what to do with several processes") },
    )
    .get(
      "/act/outcome/:id",
      ({ params: { id }, request }) => outcome(request, id),
      needs("read", "Page: what became of an action on several processes"),
    );
}
