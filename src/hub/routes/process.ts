import { Elysia } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { namespec, type ProcessUid, parseUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import { downReason } from "../actions/targets.ts";
import { apiEvidence } from "../api/api-evidence.ts";
import { apiProcess } from "../api/api-process.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Refresh } from "../refresh.ts";
import type { Store } from "../store/store.ts";
import { actionAnswer } from "./action-answer.ts";
import { formList } from "./form-list.ts";

/** /api/process/*, as Multivisor 6 has it; `start` and `signal` are ours. */
export const processRoutes = (deps: {
  readonly fleet: FleetView;
  readonly actions: ProcessActions;
  readonly refresh: Refresh;
  readonly lastEvidence: Store["lastEvidence"];
}) => {
  const { fleet, actions, refresh } = deps;
  const perform =
    (action: "start" | "stop" | "restart") =>
    async ({ body, request }: { body: unknown; request: Request }) =>
      actionAnswer(request, await actions.perform(action, formList(body, "uid")));

  return new Elysia({ name: "process", prefix: "/api/process" })
    .get("/list", () => [...fleet.supervisors().values()].flatMap((s) => [...s.processes.values()].map((p) => p.uid)))
    .get("/info/:uid", async ({ params: { uid } }) => {
      const supervisor = parseUid(uid)?.supervisor ?? "";
      if (fleet.supervisors().has(supervisor)) await refresh.one(supervisor);
      const process = requireProcess(fleet, uid);
      const kept = deps.lastEvidence(process.supervisor, namespec(process.group, process.name));
      return {
        ...apiProcess(process, fleet.supervisors().get(process.supervisor)?.host ?? ""),
        evidence: kept && { at: kept.atMs, ...apiEvidence(kept.evidence) },
      };
    })
    .post("/start", perform("start"))
    .post("/stop", perform("stop"))
    .post("/restart", perform("restart"))
    .post("/signal", async ({ body, request }) => {
      const [signal = ""] = formList(body, "signal");
      return actionAnswer(request, await actions.signal(formList(body, "uid"), signal));
    });
};

/** @throws MultivisorError HOST_UNREACHABLE where its host is down, BAD_NAME where there is none */
export function requireProcess(fleet: FleetView, uid: string): FleetProcess {
  const supervisor = fleet.supervisors().get(parseUid(uid)?.supervisor ?? "");
  if (supervisor !== undefined && supervisor.link.status !== "live")
    throw new MultivisorError(
      "HOST_UNREACHABLE",
      `Cannot ask for ${uid}: ${supervisor.name} is down: ${downReason(supervisor)}`,
    );
  const process = fleet.process(uid as ProcessUid);
  if (process === null) throw new MultivisorError("BAD_NAME", `no such process: ${uid}`);
  return process;
}
