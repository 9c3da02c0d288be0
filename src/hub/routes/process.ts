import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { type ProcessUid, parseUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { HubProcess } from "../../protocol/hub.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { Requester } from "../actions/requester.ts";
import { downReason } from "../actions/targets.ts";
import { apiProcess } from "../api/api-process.ts";
import type { ProcessMore } from "../api/process-more.ts";
import type { FleetView } from "../fleet-view.ts";
import type { Refresh } from "../refresh.ts";
import { actionAnswer } from "./action-answer.ts";
import { actionDocs } from "./action-docs.ts";
import { formList } from "./form-list.ts";
import { needs } from "./needs.ts";

/** /api/process/*, as Multivisor 6 has it; `start` and `signal` are ours. */
export const processRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly actions: ProcessActions;
  readonly refresh: Refresh;
  /** what is known of one process beside its state */
  readonly more: ProcessMore;
}) => {
  const { who, actions, refresh } = deps;
  const perform =
    (action: "start" | "stop" | "restart") =>
    async ({ body, request }: { body: unknown; request: Request }) =>
      actionAnswer(request, await actions.perform(action, formList(body, "uid"), who(request)));

  return new Elysia({ name: "process", prefix: "/api/process" })
    .get(
      "/list",
      ({ request }) =>
        [...who(request).view.supervisors().values()].flatMap((s) => [...s.processes.values()].map((p) => p.uid)),
      needs("read", {
        summary: "The uids of all processes",
        group: "fleet",
        answer: t.Array(t.String()),
        example: ["lid001:PLC:wcid00a"],
      }),
    )
    .get(
      "/info/:uid",
      async ({ params: { uid }, request }) => {
        const { view } = who(request);
        const supervisor = parseUid(uid)?.supervisor ?? "";
        if (view.supervisors().has(supervisor)) await refresh.one(supervisor);
        const process = requireProcess(view, uid);
        return {
          ...apiProcess(process, view.supervisors().get(process.supervisor)?.host ?? ""),
          ...deps.more(process),
        };
      },
      needs("read", {
        summary: "One process, asked anew, with what is known of its last death and what it uses",
        description: "404 where there is none, 502 where its host is down.",
        group: "fleet",
        answer: HubProcess,
      }),
    )
    .post("/start", perform("start"), needs("act", actionDocs("Starts processes")))
    .post("/stop", perform("stop"), needs("act", actionDocs("Stops processes")))
    .post(
      "/restart",
      perform("restart"),
      needs("act", actionDocs("Stops processes that are running, and starts them either way")),
    )
    .post(
      "/signal",
      async ({ body, request }) => {
        const [signal = ""] = formList(body, "signal");
        return actionAnswer(request, await actions.signal(formList(body, "uid"), signal, who(request)));
      },
      needs("act", actionDocs("Sends a signal to processes", { signal: "HUP" })),
    );
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
