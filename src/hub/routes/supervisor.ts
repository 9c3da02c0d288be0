import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { HubSupervisor } from "../../protocol/hub.ts";
import { HubProgram } from "../../protocol/hub-program.ts";
import type { Requester } from "../actions/requester.ts";
import type { SupervisorActions } from "../actions/supervisor-actions.ts";
import type { SupervisorAction } from "../actions/supervisor-doings.ts";
import { downReason } from "../actions/targets.ts";
import { apiProgramJson, EXAMPLE_PROGRAM } from "../api/api-program.ts";
import { apiSupervisorJson } from "../api/api-supervisor.ts";
import { SUPERVISOR } from "../openapi/examples.ts";
import type { ReadPrograms } from "../read-programs.ts";
import type { Refresh } from "../refresh.ts";
import { Names, supervisorDocs } from "./action-docs.ts";
import { formList, optionalList } from "./form-list.ts";
import { needs } from "./needs.ts";
import type { RunAction } from "./run-action.ts";

const GROUPS = { group: Names };

/** /api/supervisor/*, as Multivisor 6 has it. */
export const supervisorRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly actions: SupervisorActions;
  readonly refresh: Refresh;
  readonly programs: ReadPrograms;
}) => {
  const { who, run, actions, refresh, programs: programsOf } = deps;
  const perform = (action: SupervisorAction) => (asked: { body: unknown; request: Request }) =>
    run.onSupervisors(asked, `supervisor ${action}`, (names, by, progress) =>
      actions.perform(action, names, by, [], progress),
    );
  /** @param groupsOf the groups that the form names */
  const performOnGroups =
    (action: "update" | "add" | "remove", groupsOf: typeof formList) =>
    (asked: { body: unknown; request: Request }) => {
      const groups = groupsOf(asked, "group");
      return run.onSupervisors(asked, `supervisor ${action}`, (names, by, progress) =>
        actions.perform(action, names, by, groups, progress),
      );
    };

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
        example: SUPERVISOR,
      }),
    )
    .get(
      "/avail/:name",
      async ({ params: { name }, request }) => {
        const { view, account } = who(request);
        if (!view.supervisors().has(name)) throw new MultivisorError("BAD_NAME", `no such supervisor: ${name}`);
        const programs = await programsOf(name);
        return programs
          .filter((program) => account.access?.seesProcess(name, program.group, program.name) ?? true)
          .map((program) => apiProgramJson(name, program));
      },
      needs("read", {
        summary: "What supervisord has read of its configuration, active or not, as `supervisorctl avail` shows it",
        description:
          "After a reread this is what an update would apply. 404 where there is none, 502 where it is down.",
        group: "fleet",
        answer: t.Array(HubProgram),
        example: [EXAMPLE_PROGRAM],
      }),
    )
    .post(
      "/update",
      performOnGroups("update", optionalList),
      needs(
        "act",
        supervisorDocs("Rereads supervisord's configuration and applies it: groups are added, restarted and removed", {
          group: t.Optional(Names),
        }),
      ),
    )
    .post(
      "/add",
      performOnGroups("add", formList),
      needs("act", supervisorDocs("Makes groups active that supervisord has read; one result for each", GROUPS)),
    )
    .post(
      "/remove",
      performOnGroups("remove", formList),
      needs("act", supervisorDocs("Makes groups inactive of which nothing runs; one result for each", GROUPS)),
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
