import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { type ActionLog, actionFor, apiAction } from "../actions/action-log.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { Requester } from "../actions/requester.ts";
import { ACTION } from "../openapi/examples.ts";
import { ActionState, groupDocs, supervisorDocs } from "./action-docs.ts";
import { formList } from "./form-list.ts";
import { needs } from "./needs.ts";
import type { RunAction } from "./run-action.ts";

const VERBS = ["start", "stop", "restart"] as const;

/** /api/group/*, /api/supervisor/start-all and the like, /api/actions/<id>. */
export const actionRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly actions: ProcessActions;
  readonly log: ActionLog;
}) => {
  const { who, run, actions, log } = deps;
  const app = new Elysia({ name: "actions", prefix: "/api" }).get(
    "/actions/:id",
    ({ params: { id }, request, set }) => {
      set.headers["cache-control"] = "no-store";
      const { account, view } = who(request);
      const action = log.get(id);
      const seen = action === null ? null : actionFor(action, account.access, view, account.name);
      if (seen === null) throw new MultivisorError("BAD_NAME", `no such action: ${id}; the latest 1,000 are kept`);
      return apiAction(seen, view);
    },
    needs("read", {
      summary: "What became of an action",
      description:
        "The latest 1,000 of this run of the hub. While it runs `results` are those so far, `waiting` the others. Its beginning and its end are told on the stream as action_changed.",
      group: "actions",
      answer: ActionState,
      example: ACTION,
    }),
  );
  for (const verb of VERBS) {
    app.post(
      `/group/${verb}`,
      (asked) =>
        run.onProcesses(asked, `group ${verb}`, (uids, by, progress) => actions.perform(verb, uids, by, progress), {
          ...{ uids: [], groups: formList(asked, "group") },
        }),
      needs("act", groupDocs(verb)),
    );
    app.post(
      `/supervisor/${verb}-all`,
      (asked) =>
        run.onProcesses(
          asked,
          `supervisor ${verb}-all`,
          (uids, by, progress) => actions.perform(verb, uids, by, progress),
          {
            ...{ uids: [], supervisors: formList(asked, "supervisor") },
          },
        ),
      needs("act", supervisorDocs(`${verb}s all processes of supervisords, their agents excepted; names or patterns`)),
    );
  }
  return app;
};
