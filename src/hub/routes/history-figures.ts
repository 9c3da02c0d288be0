import { Elysia, t } from "elysia";
import { seesUid } from "../../domain/access.ts";
import { MultivisorError } from "../../domain/errors.ts";
import { HistorySummary, HistoryTimeline } from "../../protocol/hub-history.ts";
import type { Requester } from "../actions/requester.ts";
import { apiSummary, apiTimeline } from "../api/api-figures.ts";
import { SUMMARY, TIMELINE } from "../openapi/examples.ts";
import {
  parseSummaryQuery,
  parseTimelineQuery,
  SUMMARY_PARAMETERS,
  TIMELINE_PARAMETERS,
} from "../store/figures-query.ts";
import type { Store } from "../store/store.ts";
import { needs } from "./needs.ts";

const Parameter = t.Optional(t.String({ maxLength: 1_000 }));
const strings = (names: readonly string[]) => t.Object(Object.fromEntries(names.map((name) => [name, Parameter])));
const SummaryParameters = strings(SUMMARY_PARAMETERS);
const TimelineParameters = strings(TIMELINE_PARAMETERS);

/** What is asked of a history that was just brought to a newer version waits until all of it has been counted. */
const SUMMARY_PATIENCE_S = 255;

/** GET /api/history/summary and /api/history/timeline. */
export const historyFiguresRoutes = (deps: {
  readonly store: Pick<Store, "summary" | "timeline">;
  readonly who: (request: Request) => Pick<Requester, "account">;
  readonly nowMs?: () => number;
}) => {
  const { store, who, nowMs = Date.now } = deps;
  return new Elysia({ name: "history-figures", prefix: "/api/history" })
    .get(
      "/summary",
      async ({ query, request, server, set }) => {
        server?.timeout(request, SUMMARY_PATIENCE_S);
        set.headers["cache-control"] = "no-store";
        const asked = parseSummaryQuery(query, nowMs());
        const { access } = who(request).account;
        return apiSummary(asked, await store.summary({ ...asked, access }));
      },
      {
        query: SummaryParameters,
        ...needs("read", {
          summary: "How much was up, down, stopped on purpose and unknown; restarts, crashes, outages",
          description: "`by` is process, group or supervisor; worst first. Without `from` and `to`: the last 24 hours.",
          group: "history",
          query: SummaryParameters,
          answer: HistorySummary,
          example: SUMMARY,
        }),
      },
    )
    .get(
      "/timeline",
      ({ query, request, set }) => {
        set.headers["cache-control"] = "no-store";
        const asked = parseTimelineQuery(query, nowMs());
        const found = seesUid(who(request).account.access, asked.uid) ? store.timeline(asked) : null;
        if (found === null) throw new MultivisorError("BAD_NAME", `no such process in the history: ${asked.uid}`);
        return apiTimeline(asked, found);
      },
      {
        query: TimelineParameters,
        ...needs("read", {
          summary: "The states of a process one after the other, joined to `width` pixels",
          group: "history",
          query: TimelineParameters,
          answer: HistoryTimeline,
          example: TIMELINE,
        }),
      },
    );
};
