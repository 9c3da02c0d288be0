import { Elysia, t } from "elysia";
import { MultivisorError } from "../../domain/errors.ts";
import { namespec, type ProcessUid } from "../../domain/names.ts";
import { HubStats } from "../../protocol/hub.ts";
import type { Requester } from "../actions/requester.ts";
import { STATS } from "../openapi/examples.ts";
import { DEFAULT_SPAN_MS, type statsAnswer } from "../stats/stats-answer.ts";
import { parseTime } from "../store/history-query.ts";
import { needs } from "./needs.ts";

const Parameter = t.Optional(t.String({ maxLength: 100 }));
const Query = t.Object({ from: Parameter, to: Parameter });

/** GET /api/process/stats/<uid>: what a process and its children used. */
export const statsRoutes = (deps: {
  readonly who: (request: Request) => Pick<Requester, "view">;
  readonly answer: ReturnType<typeof statsAnswer>;
  readonly nowMs: () => number;
}) =>
  new Elysia({ name: "stats" }).get(
    "/api/process/stats/:uid",
    ({ params: { uid }, query, set, request }) => {
      const { view } = deps.who(request);
      const process = view.process(uid as ProcessUid);
      if (process === null) throw new MultivisorError("BAD_NAME", `no such process: ${uid}`);
      const offsetMs = view.supervisors().get(process.supervisor)?.clockOffsetMs ?? 0;
      const toMs = parseTime("to", query.to) ?? deps.nowMs() + offsetMs;
      const fromMs = parseTime("from", query.from) ?? toMs - DEFAULT_SPAN_MS;
      set.headers["cache-control"] = "no-store";
      return deps.answer(uid, process.supervisor, namespec(process.group, process.name), { fromMs, toMs });
    },
    {
      query: Query,
      ...needs("read", {
        summary: "What a process and its children used",
        description:
          "Processor time, memory, number of processes and open files: a point every 10 s for the last 2 hours, every 5 min for 30 days, as far back as `from` asks for. Times are epoch milliseconds or ISO 8601, of the host's clock; the last hour if not said.",
        group: "history",
        query: Query,
        answer: HubStats,
        example: STATS,
      }),
    },
  );
