import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import type { SupervisorAction, SupervisorActions } from "../actions/supervisor-actions.ts";
import { downReason } from "../actions/targets.ts";
import { apiSupervisorJson } from "../api/api-supervisor.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Refresh } from "../refresh.ts";
import { actionAnswer } from "./action-answer.ts";
import { formList } from "./form-list.ts";

/** /api/supervisor/*, as Multivisor 6 has it. */
export const supervisorRoutes = (deps: {
  readonly fleet: FleetView;
  readonly actions: SupervisorActions;
  readonly refresh: Refresh;
}) => {
  const { fleet, actions, refresh } = deps;
  const perform =
    (action: SupervisorAction) =>
    async ({ body, request }: { body: unknown; request: Request }) =>
      actionAnswer(request, await actions.perform(action, formList(body, "supervisor")));

  return new Elysia({ name: "supervisor", prefix: "/api/supervisor" })
    .get("/info/:name", async ({ params: { name }, set }) => {
      const known = fleet.supervisors().get(name);
      if (known === undefined) throw new MultivisorError("BAD_NAME", `no such supervisor: ${name}`);
      if (known.link.status !== "live")
        throw new MultivisorError("HOST_UNREACHABLE", `Cannot ask ${name}: it is down: ${downReason(known)}`);
      await refresh.one(name);
      set.headers["content-type"] = "application/json; charset=utf-8";
      return apiSupervisorJson(fleet.supervisors().get(name) ?? known);
    })
    .post("/update", perform("update"))
    .post("/restart", perform("restart"))
    .post("/reread", perform("reread"))
    .post("/shutdown", perform("shutdown"));
};
