import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { matchesFilter } from "../../domain/filter.ts";
import { type ProcessUid, parseUid } from "../../domain/names.ts";
import type { FleetProcess } from "../../domain/process.ts";
import { HubProcessInfo } from "../../protocol/hub.ts";
import { filterSubject } from "../../views/process-look.ts";
import type { ProcessActions } from "../actions/process-actions.ts";
import type { Requester } from "../actions/requester.ts";
import { downReason } from "../actions/targets.ts";
import { apiProcess } from "../api/api-process.ts";
import type { ProcessMore } from "../api/process-more.ts";
import type { FleetView } from "../fleet-view.ts";
import { PROCESS_INFO } from "../openapi/examples.ts";
import { readFilter } from "../read-filter.ts";
import type { Refresh } from "../refresh.ts";
import { actionDocs } from "./action-docs.ts";
import { formList, formText } from "./form-list.ts";
import { needs } from "./needs.ts";
import type { RunAction } from "./run-action.ts";

const ListQuery = t.Object({
  filter: t.Optional(
    t.String({
      maxLength: 1_000,
      description: "in the language of the page: group:PLC state:fatal,backoff -name:demo",
    }),
  ),
});

/** /api/process/*, as Multivisor 6 has it; `start` and `signal` are ours. */
export const processRoutes = (deps: {
  readonly who: (request: Request) => Requester;
  readonly run: RunAction;
  readonly actions: ProcessActions;
  readonly refresh: Refresh;
  /** what is known of one process beside its state */
  readonly more: ProcessMore;
}) => {
  const { who, run, actions, refresh } = deps;
  const perform = (action: "start" | "stop" | "restart") => (asked: { body: unknown; request: Request }) =>
    run.onProcesses(asked, action, (uids, by, progress) => actions.perform(action, uids, by, progress));

  return new Elysia({ name: "process", prefix: "/api/process" })
    .get(
      "/list",
      ({ request, query: { filter = "" } }) => {
        const { view } = who(request);
        const wanted = readFilter(filter);
        return [...view.supervisors().values()].flatMap((supervisor) =>
          [...supervisor.processes.values()].flatMap((process) =>
            matchesFilter(wanted, filterSubject({ process, supervisor })) ? [process.uid] : [],
          ),
        );
      },
      {
        query: ListQuery,
        ...needs("read", {
          summary: "The uids of all processes, or of those that a filter finds",
          group: "fleet",
          query: ListQuery,
          answer: t.Array(t.String()),
          example: ["lid001:PLC:wcid00a"],
        }),
      },
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
        answer: HubProcessInfo,
        example: PROCESS_INFO,
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
      (asked) => {
        const [signal = ""] = formList(asked, "signal");
        return run.onProcesses(asked, `signal ${signal}`, (uids, by) => actions.signal(uids, signal, by));
      },
      needs("act", actionDocs("Sends a signal to processes", { signal: "HUP" })),
    )
    .post(
      "/stdin",
      (asked) => {
        const chars = requireChars(asked.body);
        return run.onProcesses(asked, "stdin", (uids, by) => actions.stdin(uids, chars, by));
      },
      needs("act", actionDocs("Writes text to the stdin of processes", { chars: "rotate\n" })),
    );
};

/** supervisord waits for nobody: what a pipe does not take at once is lost. */
const MAX_CHARS = 65_536;

/** As it is, spaces and all. @throws MultivisorError BAD_REQUEST */
function requireChars(body: unknown): string {
  const chars = formText(body, "chars");
  if (chars !== "" && chars.length <= MAX_CHARS) return chars;
  throw new MultivisorError(
    "BAD_REQUEST",
    `Cannot read the request: the field "chars" is 1 to ${MAX_CHARS} characters`,
  );
}

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
