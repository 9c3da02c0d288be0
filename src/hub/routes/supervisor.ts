import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { HubSupervisor } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import type { SupervisorAction, SupervisorActions } from "../actions/supervisor-actions.ts";
import { downReason } from "../actions/targets.ts";
import { apiSupervisorJson } from "../api/api-supervisor.ts";
import type { Refresh } from "../refresh.ts";
import { supervisorDocs } from "./action-docs.ts";
import { needs } from "./needs.ts";
import type { RunAction } from "./run-action.ts";

/** /api/supervisor/*, as Multivisor 6 has it. */
export const supervisorRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly actions: SupervisorActions;
  readonly refresh: Refresh;
}) => {
  const { who, run, actions, refresh } = deps;
  const perform = (action: SupervisorAction) => (asked: { body: unknown; request: Request }) =>
    run.onSupervisors(asked, `supervisor ${action}`, (names, by) => actions.perform(action, names, by));

  return new Elysia({ name: "supervisor", prefix: "/api/supervisor" })
    .get(
      "/info/:name",
      async ({ params: { name }, request, set }) => {
        const { view } = who(request);
        const known = view.supervisors().get(name);
        if (known === undefined) throw new MultivisorError("BAD_NAME", `no such supervisor: ${name}`);
        if (known.link.status !== "live")
          throw new MultivisorError("HOST_UNREACHABLE", `Cannot ask ${name}: it is down: ${downReason(known)}`);
        await refresh.one(name);
        set.headers["content-type"] = "application/json; charset=utf-8";
        return apiSupervisorJson(view.supervisors().get(name) ?? known);
      },
      needs("read", {
        summary: "One supervisor with its processes, asked anew",
        description: "404 where there is none, 502 where it is down.",
        group: "fleet",
        answer: HubSupervisor,
      }),
    )
    .post(
      "/update",
      perform("update"),
      needs(
        "act",
        supervisorDocs("Rereads supervisord's configuration and applies it: groups are added, restarted and removed"),
      ),
    )
    .post(
      "/restart",
      perform("restart"),
      needs("act", supervisorDocs("Restarts supervisord itself, with all that it runs")),
    )
    .post(
      "/reread",
      perform("reread"),
      needs("act", supervisorDocs("Rereads supervisord's configuration and applies nothing")),
    )
    .post(
      "/shutdown",
      perform("shutdown"),
      needs("act", supervisorDocs("Shuts supervisord down, with all that it runs")),
    );
};
